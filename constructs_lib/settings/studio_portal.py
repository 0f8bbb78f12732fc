"""What users of a domain see of Studio."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from aws_cdk import Token

from constructs_lib.access.allow_list import AllowList
from constructs_lib.compute.instance_type import InstanceType
from constructs_lib.errors import check_at_most, check_distinct, check_type

_MAXIMUM_ALIASES = 20
_ALIAS = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)", re.ASCII)


class PortalApp(Enum):
    """An app that the portal offers; Studio Classic, which it offers as well, is always hidden.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StudioWebPortalSettings.html
    """

    CANVAS = "Canvas"
    CODE_EDITOR = "CodeEditor"
    DETAILED_PROFILER = "DetailedProfiler"
    JUPYTER_LAB = "JupyterLab"
    R_STUDIO = "RStudioServerPro"
    TENSOR_BOARD = "TensorBoard"


class MlTool(Enum):
    """A tool that the portal offers, by the name that CloudFormation has for it.

    See https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StudioWebPortalSettings.html
    """

    AUTO_ML = "AutoMl"
    COMET = "Comet"
    DATA_WRANGLER = "DataWrangler"
    DEEPCHECKS_LLM_EVALUATION = "DeepchecksLLMEvaluation"
    EMR_CLUSTERS = "EmrClusters"
    ENDPOINTS = "Endpoints"
    EXPERIMENTS = "Experiments"
    FEATURE_STORE = "FeatureStore"
    FIDDLER = "Fiddler"
    HYPER_POD_CLUSTERS = "HyperPodClusters"
    INFERENCE_OPTIMIZATION = "InferenceOptimization"
    INFERENCE_RECOMMENDER = "InferenceRecommender"
    JUMP_START = "JumpStart"
    LAKERA_GUARD = "LakeraGuard"
    MODEL_EVALUATION = "ModelEvaluation"
    MODELS = "Models"
    PERFORMANCE_EVALUATION = "PerformanceEvaluation"
    PIPELINES = "Pipelines"
    PROJECTS = "Projects"
    TRAINING = "Training"


@dataclass(frozen=True, kw_only=True)
class StudioPortal:
    """The portal of Studio: whether users have it, and what it does not show them.

    What is hidden is only out of sight: a call to the API still reaches it, unless a policy denies it.
    ``allowed_instance_types`` of a domain does both.

    Args:
        hidden_apps: apps that it does not offer. Default on a domain: none but Studio Classic; on a profile: as the
            domain.
        hidden_ml_tools: tools that it does not offer. Default: as for apps, none.
        hidden_instance_types: instance types that it does not offer, besides those that the domain does not allow.
            Default: as for tools.
        hidden_image_version_aliases: versions of SageMaker Distribution that it does not offer, ``2.1`` say, at most
            20. Default: as for tools.

    Raises:
        TypeError: an argument is of another type.
        ValueError: something stands twice, an instance type is not known by name, or an alias is no MAJOR.MINOR.

    See https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-ui-customize-tools-apps.html
    """

    hidden_apps: Sequence[PortalApp] | None = None
    hidden_ml_tools: Sequence[MlTool] | None = None
    hidden_instance_types: Sequence[InstanceType] | None = None
    hidden_image_version_aliases: Sequence[str] | None = None
    _is_enabled: bool = True

    @staticmethod
    def disabled() -> StudioPortal:
        """Keep users out of the portal: for domains that are used from Unified Studio, or through the API alone."""
        return StudioPortal(_is_enabled=False)

    @staticmethod
    def _of_every_domain() -> StudioPortal:
        """Hide nothing, in so many words: what a template leaves out may stay as it was."""
        return StudioPortal(
            hidden_apps=(), hidden_ml_tools=(), hidden_instance_types=(), hidden_image_version_aliases=()
        )

    def __post_init__(self) -> None:
        for argument, kind, make in (
            ("hidden_apps", PortalApp, "PortalApp.CANVAS say"),
            ("hidden_ml_tools", MlTool, "MlTool.JUMP_START say"),
            ("hidden_instance_types", InstanceType, "InstanceType.ML_P5_48XLARGE say"),
            ("hidden_image_version_aliases", str, "'2.1' say"),
        ):
            given = getattr(self, argument)
            check_type(argument, given, (list, tuple), f"a list such as [{make.removesuffix(' say')}]")
            for one in given or ():
                check_type(argument, one, kind, make)
            if given is not None:
                check_distinct(argument, given)
                object.__setattr__(self, argument, tuple(given))
        _check_aliases(self.hidden_image_version_aliases or ())

    def _over(self, base: StudioPortal) -> StudioPortal:
        """Return this portal with what it leaves open taken from a more general level."""
        if not self._is_enabled:
            return self
        return replace(self, **{name: value for name, value in vars(base).items() if getattr(self, name) is None})

    def _problems(self, resource_type: str, allowed: AllowList) -> Iterator[str]:
        for one in self.hidden_instance_types or ():
            if not one._is_token and not one._is_in_schema_of(resource_type):
                yield (
                    f"hidden_instance_types must be types that {resource_type} can hide, got {one.name!r}; leave it "
                    "out, or deny it with the domain's allowed_instance_types"
                )
            elif allowed.instance_types is not None and one in allowed.instance_types:
                yield (
                    f"hidden_instance_types must be none that the domain allows, got {one.name!r}; "
                    "leave it out here, or of the domain's allowed_instance_types"
                )

    def _render(self, resource_type: str, allowed: AllowList) -> dict[str, Any]:
        if not self._is_enabled:
            return {"studioWebPortal": "DISABLED"}
        hidden = [one.name for one in self.hidden_instance_types or ()]
        if allowed.instance_types is not None:
            hidden += [
                one.name
                for one in InstanceType.known()
                if one not in allowed.instance_types
                and one.name not in ("system", *hidden)
                and one._is_in_schema_of(resource_type)
            ]
        tools, aliases = self.hidden_ml_tools, self.hidden_image_version_aliases
        images = [{"sageMakerImageName": "sagemaker_distribution", "versionAliases": list(aliases)}] if aliases else []
        has_types = self.hidden_instance_types is not None or allowed.instance_types is not None
        return {
            "studioWebPortal": "ENABLED",
            "defaultLandingUri": "studio::",
            "studioWebPortalSettings": {
                "hiddenAppTypes": ["JupyterServer", *(one.value for one in self.hidden_apps or ())],
                "hiddenInstanceTypes": hidden if has_types else None,
                "hiddenMlTools": None if tools is None else [one.value for one in tools],
                "hiddenSageMakerImageVersionAliases": None if aliases is None else images,
            },
        }


def _check_aliases(aliases: Sequence[str]) -> None:
    check_at_most("hidden_image_version_aliases", aliases, _MAXIMUM_ALIASES)
    for alias in aliases:
        if not (len(alias) <= 128 and _ALIAS.fullmatch(alias)) and not Token.is_unresolved(alias):
            raise ValueError(
                f"hidden_image_version_aliases must have the form MAJOR.MINOR, got {alias!r}; pass one such as '2.1'"
            )
