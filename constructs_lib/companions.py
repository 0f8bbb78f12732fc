"""What settings bring along: images and lifecycle configurations, defined once for a domain."""

from __future__ import annotations

from collections.abc import Iterable

from aws_cdk import CfnResource
from aws_cdk import aws_sagemaker as sagemaker
from constructs import Construct

from constructs_lib.apps.app import App
from constructs_lib.errors import located_at
from constructs_lib.lifecycle.lifecycle_config import LifecycleConfig
from constructs_lib.lifecycle.owner import Owner


class Companions:
    """The images and lifecycle configurations of one domain, whichever level of its settings names them.

    They stand beneath the domain, so that a profile which no longer names one leaves it to the others.

    Attributes:
        owner: whose the lifecycle configurations are, by their names.
    """

    def __init__(self, domain: Construct, name: str) -> None:
        """Begin with none.

        Args:
            domain: the construct that they stand beneath.
            name: what the names of lifecycle configurations begin with: the domain's name, or the id of an import.
        """
        self.owner = Owner(domain, name)
        self._domain = domain
        self._lifecycle_configs: dict[tuple[LifecycleConfig, str], sagemaker.CfnStudioLifecycleConfig | None] = {}

    def define(self, scope: Construct, apps: Iterable[App]) -> list[CfnResource]:
        """Define what these apps name, as far as it is not there yet.

        Args:
            scope: the construct that says so, which refusals speak of.
            apps: the apps.

        Returns:
            What must exist before the settings that hold the apps.

        Raises:
            ValueError: a name stands for something else already.
        """
        needed: list[CfnResource] = []
        with located_at(scope):
            for app in apps:
                for image in app.custom_images or ():
                    needed += image._define(self._domain, app.app_type)
                for config in app._all_lifecycle_configs():
                    if (resource := self._lifecycle_config(config, app.app_type)) is not None:
                        needed.append(resource)
        return needed

    def _lifecycle_config(self, config: LifecycleConfig, app_type: str) -> sagemaker.CfnStudioLifecycleConfig | None:
        key = (config, app_type)
        if key not in self._lifecycle_configs:
            self._lifecycle_configs[key] = config._define(self._domain, self.owner, app_type)
        return self._lifecycle_configs[key]
