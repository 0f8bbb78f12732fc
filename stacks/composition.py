"""The stacks of a Studio, and how they hang together."""

from __future__ import annotations

from aws_cdk import App, Environment, Tags

from constructs_lib import NetworkAccess
from stacks.acknowledgements import acknowledge_as_settings_say, acknowledge_user_policies
from stacks.load_settings import load_settings
from stacks.network import NetworkStack
from stacks.problems import Problems
from stacks.settings import DomainEntry
from stacks.settings_file import SettingsFile
from stacks.studio import StudioStack
from stacks.users import UsersStack
from stacks.words import REMOVAL_POLICIES


def define_studio(app: App, file: SettingsFile) -> None:
    """Define the stacks of the Studio that a settings file describes.

    Raises:
        SettingsError: the settings are malformed, or a construct refuses them.
    """
    settings = load_settings(file)
    domain = settings.domain
    env = Environment(account=domain.account, region=domain.region) if domain.account else None
    problems = Problems(file)
    with problems.at(("domain",)):
        studio = StudioStack(
            app,
            f"{domain.name}-studio",
            env=env,
            settings=domain,
            network=_network(app, env, domain),
            folder=file.path.parent,
            problems=problems,
        )
        if settings.users or settings.roles:
            users = UsersStack(
                app,
                f"{domain.name}-users-1",
                env=env,
                settings=settings,
                domain=studio.domain,
                offers=studio.offers,
                problems=problems,
            )
            acknowledge_user_policies(users, studio)
    acknowledge_as_settings_say(app, settings.acknowledgements)
    for key, value in settings.tags.items():
        Tags.of(app).add(key, value)
    problems.raise_if_any()


def _network(app: App, env: Environment | None, domain: DomainEntry) -> NetworkAccess:
    vpc_only = domain.network_access == "VpcOnly"
    if domain.vpc is None:
        vpc = NetworkStack(
            app,
            f"{domain.name}-network",
            env=env,
            settings=domain.network,
            endpoints=vpc_only,
            removal_policy=REMOVAL_POLICIES[domain.removal_policy],
        ).vpc
        return NetworkAccess.vpc_only(vpc) if vpc_only else NetworkAccess.public_internet(vpc)
    from_ids = NetworkAccess.vpc_only_from_ids if vpc_only else NetworkAccess.public_internet_from_ids
    return from_ids(
        vpc_id=domain.vpc.vpc_id,
        subnet_ids=domain.vpc.subnet_ids,
        security_group_ids=domain.vpc.security_group_ids,
    )
