"""What StudioChecks adds to ``python app.py``: ``make bench``.

Two apps of 1,000 domains, profiles and spaces, one with this library, one with bare L1s, each run with the pack and
without it by turns, in processes of their own, with the CDK's built-in validation off. What the machine does besides
meets both sides; the ratio of the medians counts.
"""

from __future__ import annotations

import itertools
import statistics
import subprocess
import sys
import tempfile
import time

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sagemaker as sagemaker

from constructs_lib import Domain, InstanceType, JupyterLab, NetworkAccess, StudioChecks, UserProfile

MAXIMUM = 1.10
RUNS = 9
USERS = 249  # with three spaces each and their domains: a thousand
USERS_OF_A_STACK = 60
SPACES = ("lab", "code", "train")


def with_the_library(app: cdk.App) -> None:
    """Define 1,000 resources of Studio, with a role and two policies for each user."""
    network = NetworkAccess.vpc_only_from_ids(vpc_id="vpc-0a1b2c3d", subnet_ids=["subnet-0a1b2c3d"])
    domain = Domain(
        cdk.Stack(app, "Studio"),
        "Domain",
        network=network,
        allowed_instance_types=[InstanceType.ML_T3_MEDIUM, InstanceType.ML_G5_XLARGE],
    )
    for stack, names in _stacks(app):
        for name in names:
            profile = UserProfile(stack, name, domain=domain)
            for space in SPACES:
                profile.add_private_space(space, app=JupyterLab())


def by_hand(app: cdk.App) -> None:
    """Define 1,000 resources of Studio, with one role for all users: no app of that many could be cheaper.

    Its thousandfold part has no findings: what they cost is the CDK's report, not the rules.
    """
    studio = cdk.Stack(app, "Studio")
    role = iam.CfnRole(studio, "Role", assume_role_policy_document={"Statement": []}).attr_arn
    domain_id = sagemaker.CfnDomain(
        studio,
        "Domain",
        auth_mode="IAM",
        domain_name="studio",
        default_user_settings={"executionRole": role},
        domain_settings={"executionRoleIdentityConfig": "USER_PROFILE_NAME"},
    ).attr_domain_id
    for stack, names in _stacks(app):
        cdk.RemovalPolicies.of(stack).retain()
        for name in names:
            sagemaker.CfnUserProfile(stack, name, domain_id=domain_id, user_profile_name=name)
            for space in SPACES:
                sagemaker.CfnSpace(
                    stack,
                    f"{name}-{space}",
                    domain_id=domain_id,
                    space_name=f"{name}-{space}",
                    ownership_settings={"ownerUserProfileName": name},
                    space_sharing_settings={"sharingType": "Private"},
                    space_settings={"appType": "JupyterLab"},
                )


APPS = {"with the library": with_the_library, "by hand": by_hand}


def ratio(name: str) -> float:
    """Return how much longer one of the apps takes with the pack, as a ratio of medians."""
    seconds: dict[bool, list[float]] = {True: [], False: []}
    for _, checked in itertools.product(range(RUNS), (True, False)):
        with tempfile.TemporaryDirectory() as outdir:
            start = time.perf_counter()
            subprocess.run([sys.executable, "-m", __spec__.name, name, outdir, str(checked)], check=True)
            seconds[checked].append(time.perf_counter() - start)
    return statistics.median(seconds[True]) / statistics.median(seconds[False])


def synthesize(name: str, outdir: str, *, checked: bool) -> None:
    """Run one of the apps, as ``python app.py`` does."""
    context = {"@aws-cdk/core:failSynthOnValidationErrors": False}
    app = cdk.App(outdir=outdir, context=context, builtin_cloud_formation_validation=False, analytics_reporting=False)
    APPS[name](app)
    if checked:
        cdk.Validations.of(app).add_plugins(StudioChecks(app))
    app.synth()


def _stacks(app: cdk.App) -> list[tuple[cdk.Stack, list[str]]]:
    names = [f"user-{number}" for number in range(USERS)]
    return [
        (cdk.Stack(app, f"Users{start}"), names[start : start + USERS_OF_A_STACK])
        for start in range(0, USERS, USERS_OF_A_STACK)
    ]


def main() -> int:
    """Print the ratios, and return 0 if they are within the bound."""
    if len(sys.argv) > 1:
        name, outdir, checked = sys.argv[1:]
        synthesize(name, outdir, checked=checked == "True")
        return 0
    ratios = {name: ratio(name) for name in APPS}
    for name, measured in ratios.items():
        print(
            f"python app.py, 1,000 resources {name}: {measured:.3f} times as long with StudioChecks, at most {MAXIMUM}"
        )
    return 0 if max(ratios.values()) <= MAXIMUM else 1


if __name__ == "__main__":
    sys.exit(main())
