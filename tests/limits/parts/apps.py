"""JupyterLab and Code Editor: what they run on and run, and when they stop."""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import Duration

from constructs_lib import CodeEditor, EmrSettings, IdleShutdown, InstanceType, StudioImage
from tests.limits.user import ROLE, role_by_arn, user_with, user_with_lab
from tests.limits.values import OURS, Held, Items, Number, Open, Text
from tests.unit.wrong_inputs.studio import Studio

SAGEMAKER = "arn:aws:sagemaker:eu-west-1:123456789012:"


def repository(number: int) -> dict[str, str]:
    return {"RepositoryUrl": f"https://example.com/{number}"}


def emr(studio: Studio, argument: str, arns: Sequence[str]) -> object:
    roles = [role_by_arn(studio, f"Role{number}", arn) for number, arn in enumerate(arns)]
    return user_with_lab(studio, emr=EmrSettings(**{argument: roles}))


def role(number: int) -> str:
    return f"{ROLE}emr-{number}"


HELD: dict[str, Held] = {
    "CodeRepositories": Items(lambda s, v: user_with_lab(s, code_repositories=[one["RepositoryUrl"] for one in v]), repository, most=10),
    "RepositoryUrl": Text(lambda s, v: user_with_lab(s, code_repositories=[v]), "https://example.com/churn.git", "https://" + "a" * 248),
    "SageMakerImageArn": Text(lambda s, v: user_with_lab(s, image=StudioImage.from_image_arn(v)), f"{SAGEMAKER}image/team", f"{SAGEMAKER}image/{'a' * 63}"),
    "SageMakerImageVersionArn": Text(lambda s, v: user_with_lab(s, image=StudioImage.from_image_version_arn(v)), f"{SAGEMAKER}image-version/team/1", f"{SAGEMAKER}image-version/{'a' * 63}/12"),
    "TrainingPlanArn": Text(lambda s, v: user_with_lab(s, training_plan_arn=v), f"{SAGEMAKER}training-plan/gpus", f"{SAGEMAKER}training-plan/{'a' * 63}"),
    "IdleTimeoutInMinutes": Number(lambda s, v: user_with_lab(s, idle_shutdown=IdleShutdown.after(Duration.minutes(v)))),
    "MinIdleTimeoutInMinutes": Number(lambda s, v: user_with_lab(s, idle_shutdown=IdleShutdown.after(Duration.minutes(525_600), minimum=Duration.minutes(v)))),
    "MaxIdleTimeoutInMinutes": Number(lambda s, v: user_with_lab(s, idle_shutdown=IdleShutdown.after(Duration.minutes(60), maximum=Duration.minutes(v)))),
    "EmrSettings/AssumableRoleArns": Items(lambda s, v: emr(s, "assumable_roles", v), role, most=5),
    "EmrSettings/AssumableRoleArns[]": Text(lambda s, v: emr(s, "assumable_roles", [v]), role(1), f"{ROLE}{'a' * 64}"),
    "EmrSettings/ExecutionRoleArns": Items(lambda s, v: emr(s, "execution_roles", v), role, most=5),
    "EmrSettings/ExecutionRoleArns[]": Text(lambda s, v: emr(s, "execution_roles", [v]), role(1), f"{ROLE}{'a' * 64}"),
}  # fmt: skip

CLOSED = {OURS: ("LifecycleManagement",)}

OPEN = {
    "DefaultResourceSpec/InstanceType": Open(
        lambda s, v: user_with(s, code_editor=CodeEditor(instance_type=InstanceType.of(v))),
        "ml.g99.xlarge",
        reason="SageMaker has instance types before the schemas do, and that of a space lacks some hundred: "
        "InstanceType.of is the door, and the finding of the CDK is acknowledged with that reason",
    )
}
