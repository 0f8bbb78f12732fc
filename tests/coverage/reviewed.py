"""What the typed API leaves out on purpose: members of objects, at whatever level, each with the reason."""

NOT_OFFERED = {
    "JupyterServerAppSettings": (
        "the app of Studio Classic, which is at its end: see docs/classic-migration.md for a domain that has it"
    ),
    "KernelGatewayAppSettings": (
        "the kernels of Studio Classic, which is at its end; JupyterLab and Code Editor run images of their own"
    ),
    "RStudioServerProDomainSettings/DefaultResourceSpec/LifecycleConfigArn": (
        "a lifecycle configuration has the type of its app, and CloudFormation has no such type for RStudio"
    ),
    "RStudioServerProDomainSettings/DefaultResourceSpec/TrainingPlanArn": (
        "SageMaker has training plans for JupyterLab and Code Editor alone, as API_ResourceSpec says"
    ),
    "RSessionAppSettings/DefaultResourceSpec/LifecycleConfigArn": (
        "a lifecycle configuration has the type of its app, and CloudFormation has no such type for RStudio"
    ),
    "RSessionAppSettings/DefaultResourceSpec/TrainingPlanArn": (
        "SageMaker has training plans for JupyterLab and Code Editor alone, as API_ResourceSpec says"
    ),
}
