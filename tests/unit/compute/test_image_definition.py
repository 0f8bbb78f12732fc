from __future__ import annotations

from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import aws_ecr as ecr
from aws_cdk import aws_iam as iam

from constructs_lib import (
    ContainerConfig,
    Domain,
    DomainEncryption,
    ExecutionRoleSettings,
    JupyterLab,
    NetworkAccess,
    StudioImage,
    UserSettings,
)
from tests.templates import Template, resources, template_of

EU = cdk.Environment(account="123456789012", region="eu-west-1")
TYPES = ("AWS::SageMaker::Image", "AWS::SageMaker::ImageVersion", "AWS::SageMaker::AppImageConfig")


@pytest.fixture
def repository(stack: cdk.Stack) -> ecr.IRepository:
    return ecr.Repository.from_repository_name(stack, "Images", "team")


def only(template: Template, resource_type: str) -> dict[str, Any]:
    (found,) = resources(template, resource_type).values()
    return found


def test_image_version_and_role_stand_once_and_a_configuration_for_each_app(
    stack: cdk.Stack, domain: Domain, repository: ecr.IRepository
) -> None:
    image = StudioImage.from_ecr_repository(
        repository,
        "2.1",
        container=ContainerConfig(arguments=["--debug"]),
        code_editor_container=ContainerConfig(entrypoint=["entrypoint-code-editor"]),
    )

    needed = [image._define(domain, app_type) for app_type in ("JupyterLab", "CodeEditor", "JupyterLab")]

    assert needed[0] == needed[2]
    assert needed[0][0] is needed[1][0] and needed[0][1] is not needed[1][1]
    template = template_of(stack)
    assert [len(resources(template, resource_type)) for resource_type in TYPES] == [1, 1, 2]
    assert [one["Properties"] for one in resources(template, TYPES[2]).values()] == [
        {
            "AppImageConfigName": "team-jupyterlab",
            "JupyterLabAppImageConfig": {"ContainerConfig": {"ContainerArguments": ["--debug"]}},
        },
        {
            "AppImageConfigName": "team-codeeditor",
            "CodeEditorAppImageConfig": {"ContainerConfig": {"ContainerEntrypoint": ["entrypoint-code-editor"]}},
        },
    ]


def test_a_configuration_says_which_app_it_is_for_even_if_it_says_nothing_else(
    stack: cdk.Stack, domain: Domain, repository: ecr.IRepository
) -> None:
    StudioImage.from_ecr_repository(repository, "2.1")._define(domain, "CodeEditor")

    assert only(template_of(stack), TYPES[2])["Properties"] == {
        "AppImageConfigName": "team-codeeditor",
        "CodeEditorAppImageConfig": {},
    }


def test_the_role_pulls_from_the_repository_by_a_managed_policy_before_the_image_needs_it(
    stack: cdk.Stack, network: NetworkAccess, repository: ecr.IRepository
) -> None:
    boundary = iam.ManagedPolicy.from_managed_policy_name(stack, "Boundary", "boundary")
    settings = ExecutionRoleSettings(path="/studio/", permissions_boundary=boundary)
    domain = Domain(stack, "Studio", network=network, execution_role_settings=settings)

    StudioImage.from_ecr_repository(repository, "2.1")._define(domain, "JupyterLab")

    template = template_of(stack)
    image = only(template, TYPES[0])
    role_id = image["Properties"]["ImageRoleArn"]["Fn::GetAtt"][0]
    role = template["Resources"][role_id]["Properties"]
    assert role["Path"] == "/studio/" and "PermissionsBoundary" in role and "Policies" not in role
    (policy_id,) = image["DependsOn"]
    policy = template["Resources"][policy_id]
    assert (policy["Type"], policy["Properties"]["Roles"]) == ("AWS::IAM::ManagedPolicy", [{"Ref": role_id}])
    token, pull = policy["Properties"]["PolicyDocument"]["Statement"]
    assert (token["Action"], token["Resource"]) == ("ecr:GetAuthorizationToken", "*")
    assert [str(one) for one in pull["Resource"]] == [str(stack.resolve(repository.repository_arn))]
    (image_id,) = resources(template, TYPES[0])
    assert only(template, TYPES[1])["DependsOn"] == [image_id]


@pytest.mark.parametrize("policy", [cdk.RemovalPolicy.DESTROY, cdk.RemovalPolicy.RETAIN])
def test_a_replaced_version_stays_whatever_becomes_of_the_rest(
    policy: cdk.RemovalPolicy, stack: cdk.Stack, network: NetworkAccess, repository: ecr.IRepository
) -> None:
    domain = Domain(stack, "Studio", network=network, removal_policy=policy)
    StudioImage.from_ecr_repository(repository, "2.1")._define(domain, "JupyterLab")
    domain.apply_removal_policy(policy)

    template = template_of(stack)

    assert only(template, TYPES[1])["UpdateReplacePolicy"] == "Retain"
    wanted = "Delete" if policy is cdk.RemovalPolicy.DESTROY else "Retain"
    for resource_type in TYPES:
        assert only(template, resource_type)["DeletionPolicy"] == wanted


def test_another_tag_replaces_the_version_under_the_same_logical_id(app: cdk.App, network: NetworkAccess) -> None:
    versions = []
    for name, tag in (("First", "2.1"), ("Second", "2.2")):
        stack = cdk.Stack(cdk.Stage(app, name), "Research")
        domain = Domain(stack, "Studio", network=network)
        image = StudioImage.from_ecr_repository(ecr.Repository.from_repository_name(stack, "Images", "team"), tag)
        image._define(domain, "JupyterLab")
        versions.append(resources(template_of(stack), TYPES[1]))

    assert versions[0].keys() == versions[1].keys()
    assert versions[0] != versions[1]


def test_another_image_of_the_name_is_refused(domain: Domain, repository: ecr.IRepository) -> None:
    StudioImage.from_ecr_repository(repository, "2.1", image_name="team.v2")._define(domain, "JupyterLab")
    other = StudioImage.from_ecr_repository(repository, "2.1", image_name="team-v2")

    with pytest.raises(ValueError, match=r"^image_name must be unique in .*, dots and hyphens taken as one, got Stud"):
        other._define(domain, "JupyterLab")


def refusal_of_a_second_domain(first: cdk.Stack, second: cdk.Stack, network: NetworkAccess) -> str:
    encryption = DomainEncryption.aws_managed()
    one, two = (
        Domain(stack, id, network=network, encryption=encryption) for stack, id in ((first, "One"), (second, "Two"))
    )
    repository = ecr.Repository.from_repository_name(first, "Images", "ml/team")
    image = StudioImage.from_ecr_repository(repository, "2.1", image_name="team.v2")
    image._define(one, "JupyterLab")
    with pytest.raises(ValueError) as refusal:
        image._define(two, "CodeEditor")
    return str(refusal.value)


SECOND = (
    "image_name must be unique in the account and region, got 'team.v2', which First/One defines; pass another name, "
    "or attach that image: "
    "StudioImage.from_image_attributes(image_name='team.v2', app_image_config_name='team-v2-codeeditor')"
)


def test_another_domain_of_the_account_is_told_how_to_attach_what_exists(app: cdk.App, network: NetworkAccess) -> None:
    first, second = (cdk.Stack(app, name, env=EU) for name in ("First", "Second"))

    assert refusal_of_a_second_domain(first, second, network) == SECOND


def test_another_domain_of_the_stack_is_told_the_same(app: cdk.App, network: NetworkAccess) -> None:
    stack = cdk.Stack(app, "First")

    assert refusal_of_a_second_domain(stack, stack, network) == SECOND


def test_stacks_that_may_be_for_two_accounts_are_told_how_to_say_so(app: cdk.App, network: NetworkAccess) -> None:
    first, second = (cdk.Stack(app, name) for name in ("First", "Second"))

    assert refusal_of_a_second_domain(first, second, network) == (
        f"{SECOND}; if the stacks are for two accounts or regions, give each an env, or put each in a Stage"
    )


@pytest.mark.parametrize("is_one_stack", [True, False])
def test_a_second_domain_that_depends_on_the_first_comes_after_the_image(
    is_one_stack: bool, app: cdk.App, network: NetworkAccess
) -> None:
    here = cdk.Stack(app, "One")
    there = here if is_one_stack else cdk.Stack(app, "Two")
    new = StudioImage.from_ecr_repository(ecr.Repository.from_repository_name(here, "Images", "team"), "2.1")
    same = StudioImage.from_image_attributes(image_name="team", app_image_config_name="team-jupyterlab")
    first, second = (
        Domain(
            stack,
            id,
            network=network,
            encryption=DomainEncryption.aws_managed(),
            default_user_settings=UserSettings(jupyter_lab=JupyterLab(custom_images=[image])),
        )
        for stack, id, image in ((here, "First", new), (there, "Second", same))
    )

    second.node.add_dependency(first)

    template = template_of(there)
    if is_one_stack:
        domains = resources(template, "AWS::SageMaker::Domain").values()
        (needed,) = (one["DependsOn"] for one in domains if one["Properties"]["DomainName"] == "second")
        assert {id for resource_type in TYPES for id in resources(template, resource_type)} <= {*needed}
    else:
        assert there.dependencies == [here]


def test_a_domain_elsewhere_has_an_image_of_its_own(app: cdk.App, network: NetworkAccess) -> None:
    stages = [
        cdk.Stage(app, "Here", env=EU),
        cdk.Stage(app, "There", env=cdk.Environment(account="210987654321", region="eu-west-1")),
        cdk.Stage(app, "Open"),
        cdk.Stage(app, "OpenToo"),
    ]
    for stage in stages:
        stack = cdk.Stack(stage, "Research")
        repository = ecr.Repository.from_repository_name(stack, "Images", "team")
        domain = Domain(stack, "Studio", network=network)
        StudioImage.from_ecr_repository(repository, "2.1")._define(domain, "JupyterLab")
        assert len(resources(template_of(stack), TYPES[0])) == 1
