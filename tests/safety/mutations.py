"""What somebody may do to an app, what of it is lost by that, and where the diff of the CDK sees it otherwise."""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from constructs_lib.safety.change import Danger
from tests.safety.drafts import Change, Draft
from tests.safety.team_app import DOMAIN_ID

REFERENCE, TEAM = "reference", "team"


class Reason(enum.Enum):
    """Why the judge sees a change otherwise: whether it reports it, what differs, and why the lock is right."""

    OVER_REPORTS_SUBNETS_AND_TAGS = (
        True,
        "`AppNetworkAccessType`, `SubnetIds` and `Tags` of a domain, `Tags` of a user profile",
        "It has these from the documentation as create-only. The resource schemas do not, and SageMaker updates them.",
    )
    OVER_REPORTS_UPGRADES = (
        True,
        "Object Lock of a bucket, the Lustre version of a file system",
        "Both could once be chosen at creation only. The services update them now, and the resource schemas say so.",
    )
    OVER_REPORTS_WHOLE_PROPERTIES = (
        True,
        "The time to live in `OnlineStoreConfig` of a feature group",
        "It compares properties as a whole. Only some of what is in this one is create-only.",
    )
    OVER_REPORTS_ADDED_VPC = (
        True,
        "A `VpcId` for a domain that had none",
        "It takes any change of it for a replacement. The resource schema has it as conditional, and adding it is an update.",
    )
    MISSES_RETENTION = (
        False,
        "A deletion policy or an update-replace policy that no longer keeps",
        "It looks at properties alone. The update itself loses nothing, the next change does.",
    )
    MISSES_SHRINK = (
        False,
        "A volume or a file system that gets smaller, or whose size is left out",
        "It does not compare numbers. No update makes a volume smaller; whoever wants one replaces the space.",
    )
    MISSES_APP_TYPE = (
        False,
        "Another `AppType` of a space",
        "The resource schema has it as an update. SageMaker refuses it, and only another space has another app.",
    )
    MISSES_CONDITION = (
        False,
        "A `Condition` that is new on a resource, or another one",
        "It looks at properties alone. Where the condition does not hold, CloudFormation deletes the resource.",
    )
    MISSES_PARTS_OF_PROPERTIES = (
        False,
        "RStudio access in `UserSettings`, the RStudio server's resources in `DomainSettings`",
        "It knows whole properties alone. The resource schemas have these parts as create-only.",
    )
    MISSES_CONDITIONAL = (
        False,
        "`MlflowVersion` and `RoleArn` of an MLflow tracking server, and what stands in a VPC whose tenancy changes",
        "It has the first as updates, and does not follow what may be replaced. The resource schemas have these as conditional, so that the lock asks.",
    )
    MISSES_ENVIRONMENT = (
        False,
        "A stack that is deployed to another account or region",
        "It compares templates alone. What is in the first one is left behind.",
    )
    SEES_ONE_STACK = (
        False,
        "What is replaced because something in another stack is, or because what it refers to there is another resource now",
        "It compares one template at a time.",
    )
    READS_RAW_TEXT = (
        None,
        "A reference that is written otherwise, or a value behind a mapping or a condition",
        "It compares expressions, not what they come to.",
    )

    def __init__(self, reports: bool | None, what: str, why: str) -> None:
        self.reports = reports
        self.what = what
        self.why = why


@dataclass(frozen=True)
class Mutation:
    """A change of an app.

    Attributes:
        name: what is done.
        change: does it.
        loses: what the lock must find, by the names that resources have before.
        differs: on which resources the judge says the opposite, and why.
        app: the app that is changed.
    """

    name: str
    change: Change
    loses: Mapping[str, Danger | tuple[Danger, ...]] = field(default_factory=dict)
    differs: Mapping[str, Reason] = field(default_factory=dict)
    app: str = REFERENCE

    @property
    def dangers(self) -> set[tuple[str, Danger]]:
        """What the lock must find, one for each danger."""
        return {
            (name, danger)
            for name, dangers in self.loses.items()
            for danger in (dangers if isinstance(dangers, tuple) else (dangers,))
        }


def put(name: str, path: str, value: Any) -> Change:
    """Give a resource another value at a path with dots, or none."""
    return lambda draft: draft.put(name, path, value)


def both(*changes: Change) -> Change:
    """Do one change after another."""
    return lambda draft: [change(draft) for change in changes]


def each(names: tuple[str, ...], value: Any) -> dict[str, Any]:
    """Say the same of several resources."""
    return dict.fromkeys(names, value)


def tagged(name: str) -> Change:
    """Give a resource one more tag."""
    return lambda draft: draft.properties(name).setdefault("Tags", []).append({"Key": "stage", "Value": "live"})


VOLUME = "Properties.SpaceSettings.SpaceStorageSettings.EbsStorageSettings.EbsVolumeSizeInGb"
OWNER = "Properties.OwnershipSettings.OwnerUserProfileName"
SHARING = "Properties.SpaceSharingSettings.SharingType"
RSTUDIO = "Properties.UserSettings.RStudioServerProAppSettings"
VPC, DOMAIN_KEY, LOGS_KEY = "Vpc8378EB38", "DomainKeyEFD04CB2", "FlowLogsKey895A70D5"
PROFILES = ("alice", "bob", "carol", "dan", "ann-lee")
ALICES = ("alice", "alice-lab", "alice-code", "churn")
SPACES = ("alice-lab", "alice-code", "churn", "bob-lab", "bob-code", "carol-train", "dan-lab", "retro")
USERS = (*PROFILES, *SPACES)
REFERENCE_DATA = (*USERS, "research", DOMAIN_KEY, LOGS_KEY)
ADAS = ("ada", "ada-lab", "Desk")
NESTED = ("team-models", "guest-lab")
INNER = "InnerNestedStackInnerNestedStackResource745E041B"
ANOTHER_KEY = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4444-8888-0a1b2c3d4e5f"


def alice_is_alicia(draft: Draft) -> None:
    draft.put("alice", "Properties.UserProfileName", "alicia")
    for space in ALICES[1:]:
        draft.put(space, OWNER, "alicia")


def names_are_swapped(draft: Draft) -> None:
    lab, code = draft.properties("alice-lab"), draft.properties("alice-code")
    lab["SpaceName"], code["SpaceName"] = code["SpaceName"], lab["SpaceName"]


def logical_ids_are_swapped(draft: Draft) -> None:
    resources = draft.template("bob-lab")["Resources"]
    (_, lab), (_, code) = draft.place("bob-lab"), draft.place("bob-code")
    resources[lab], resources[code] = resources[code], resources[lab]


def alice_moves(draft: Draft) -> None:
    draft.add_stack("research-users-2")
    for name in ALICES:
        draft.move(name, "research-users-2")


def network_is_renamed(draft: Draft) -> None:
    draft.rename_stack("research-network", "research-vpc")
    _replace_text(draft, '"research-network"', '"research-vpc"')


def studio_is_renamed(draft: Draft) -> None:
    draft.rename_stack("research-studio", "research-domain")
    _replace_text(draft, '"research-studio"', '"research-domain"')


def another_key(draft: Draft) -> None:
    resources = draft.template("research")["Resources"]
    resources["OtherKey"] = {**draft.resource(DOMAIN_KEY)}
    draft.put("research", "Properties.KmsKeyId", {"Fn::GetAtt": ["OtherKey", "Arn"]})


def another_domain(draft: Draft) -> None:
    draft.template("research")["Resources"]["Second"] = {
        **draft.resource("research"),
        "Properties": {**draft.properties("research"), "DomainName": "second"},
    }
    for output in draft.template("research")["Outputs"].values():
        if output["Value"] == {"Fn::GetAtt": ["Domain66AC69E0", "DomainId"]}:
            output["Value"] = {"Fn::GetAtt": ["Second", "DomainId"]}


def nothing_is_kept(draft: Draft) -> None:
    for template in draft.templates.values():
        for resource in template["Resources"].values():
            resource |= {"DeletionPolicy": "Delete", "UpdateReplacePolicy": "Delete"}


def with_condition(name: str) -> Change:
    def change(draft: Draft) -> None:
        draft.template(name).setdefault("Conditions", {})["Live"] = {
            "Fn::Equals": [{"Ref": "AWS::Region"}, "eu-west-1"]
        }
        draft.resource(name)["Condition"] = "Live"

    return change


def other_condition(name: str) -> Change:
    def change(draft: Draft) -> None:
        draft.templates["team"]["Conditions"][name] = {"Fn::Equals": [{"Ref": "AWS::Region"}, "us-east-1"]}

    return change


def condition_is_renamed(draft: Draft) -> None:
    conditions = draft.templates["team"]["Conditions"]
    conditions["Abroad"] = conditions.pop("Away")
    draft.put("Spare", "Condition", "Abroad")


def studio_moves_to_its_users(draft: Draft) -> None:
    domain = draft.place("research")[1]
    for logical_id in list(draft.templates["research-studio"]["Resources"]):
        draft.move(logical_id, "research-users-1")
    for name in USERS:
        draft.put(name, "Properties.DomainId", {"Ref": domain})


def key_moves(draft: Draft) -> None:
    draft.move(DOMAIN_KEY, "research-network")
    draft.templates["research-network"]["Outputs"]["Key"] = {"Value": {"Fn::GetAtt": [DOMAIN_KEY, "Arn"]}}
    output = {"StackName": "research-network", "Region": {"Ref": "AWS::Region"}, "OutputName": "Key"}
    draft.put("research", "Properties.KmsKeyId", {"Fn::GetStackOutput": output})


def conditional_name(draft: Draft) -> None:
    draft.template("alice-lab")["Conditions"] = {"Live": {"Fn::Equals": [{"Ref": "AWS::Region"}, "eu-west-1"]}}
    draft.put("alice-lab", "Properties.SpaceName", {"Fn::If": ["Live", "alice-lab", "lab"]})


def size_by_parameter(draft: Draft) -> None:
    draft.template("alice-lab")["Parameters"]["Size"] = {"Type": "Number", "Default": 500}
    draft.put("alice-lab", VOLUME, {"Ref": "Size"})


def nested_stack_is_dissolved(draft: Draft) -> None:
    for name in NESTED:
        draft.move(name, "team")
    draft.put("guest-lab", "Properties.DomainId", DOMAIN_ID)


def desk_is_another(draft: Draft) -> None:
    draft.templates["team"]["Mappings"]["Desks"]["ada"]["name"] = "ada-table"


def guest_is_in_another_domain(draft: Draft) -> None:
    (parameter,) = draft.properties(INNER)["Parameters"]
    draft.properties(INNER)["Parameters"][parameter] = "d-another"


def _replace_text(draft: Draft, old: str, new: str) -> None:
    for name, template in draft.templates.items():
        draft.templates[name] = json.loads(json.dumps(template).replace(old, new))


def new_user(draft: Draft) -> None:
    resources = draft.template("alice")["Resources"]
    resources["Eve"] = {
        **draft.resource("alice"),
        "Properties": {**draft.properties("alice"), "UserProfileName": "eve"},
    }
    lab = {
        **draft.properties("alice-lab"),
        "SpaceName": "eve-lab",
        "OwnershipSettings": {"OwnerUserProfileName": "eve"},
    }
    resources["EveLab"] = {**draft.resource("alice-lab"), "Properties": lab}


def new_stack(draft: Draft) -> None:
    draft.add_stack("research-data")
    draft.templates["research-data"]["Resources"]["Data"] = {
        "Type": "AWS::S3::Bucket",
        "Properties": {"BucketName": "alice-lab"},
    }


def other_order(draft: Draft) -> None:
    def turned(value: Any) -> Any:
        return {key: turned(value[key]) for key in reversed(value)} if isinstance(value, dict) else value

    for name, template in draft.templates.items():
        draft.templates[name] = turned(template)


def other_retention(old: str, new: str) -> Change:
    def change(draft: Draft) -> None:
        for template in draft.templates.values():
            for resource in template["Resources"].values():
                if resource.get("DeletionPolicy") == old:
                    resource["DeletionPolicy"] = new

    return change


def other_output(draft: Draft) -> None:
    old, new = "PublishOutputFnGetAttDomain66AC69E0DomainId79222681", "DomainForUsers"
    outputs = draft.template("research")["Outputs"]
    outputs[new] = outputs.pop(old)
    _replace_text(draft, f'"{old}"', f'"{new}"')


def by_export(draft: Draft) -> None:
    draft.template("research")["Outputs"]["DomainId"]["Export"] = {"Name": "the-domain"}
    for space in SPACES:
        draft.put(space, "Properties.DomainId", {"Fn::ImportValue": "the-domain"})


def studio_in_stack_parameter(draft: Draft) -> None:
    draft.templates["team"]["Parameters"]["StudioUsers"]["Default"] = "arn:aws:iam::111122223333:role/other"


def metadata_is_added(draft: Draft) -> None:
    for template in draft.templates.values():
        template["Metadata"] = {"written": "today"}
        template["Description"] = "another text"
        for resource in template["Resources"].values():
            resource["Metadata"] = {"aws:cdk:path": "somewhere"}


def without_bootstrap(draft: Draft) -> None:
    for template in draft.templates.values():
        template.pop("Rules", None)
        template.pop("Parameters", None)


LOSING = [
    # Names, owners and sharing
    Mutation("a space has another name", put("alice-lab", "Properties.SpaceName", "lab"), {"alice-lab": Danger.REPLACED}),
    Mutation("two spaces swap names", names_are_swapped, each(("alice-lab", "alice-code"), Danger.REPLACED)),
    Mutation("two spaces swap logical ids", logical_ids_are_swapped, {"bob-lab": (Danger.REPLACED, Danger.APP_TYPE, Danger.SHRUNK), "bob-code": (Danger.REPLACED, Danger.APP_TYPE)}),
    Mutation("the region chooses the name of a space", conditional_name, {"alice-lab": Danger.REPLACED}),
    Mutation("a space has another name in a mapping", desk_is_another, {"Desk": Danger.REPLACED}, {"Desk": Reason.READS_RAW_TEXT}, TEAM),
    Mutation("a bucket has another name in one region", lambda draft: draft.templates["team"]["Mappings"]["Regions"]["eu-west-1"].update(name="group-eu"), {"Regional": Danger.REPLACED}, {"Regional": Reason.READS_RAW_TEXT}, TEAM),
    Mutation("a condition chooses the name of a bucket otherwise", other_condition("Main"), {"Chosen": Danger.REPLACED}, {"Chosen": Reason.READS_RAW_TEXT}, TEAM),
    Mutation("a user profile has another name", put("dan", "Properties.UserProfileName", "daniel"), {"dan": Danger.REPLACED}),
    Mutation("a user is renamed with all spaces", alice_is_alicia, each(ALICES, Danger.REPLACED)),
    Mutation("a domain has another name", put("research", "Properties.DomainName", "labs"), each(("research", *USERS), Danger.REPLACED), each(USERS, Reason.SEES_ONE_STACK)),
    Mutation("a domain beside its users has another name", put("team", "Properties.DomainName", "group"), each(("team", *ADAS, "guest-lab"), Danger.REPLACED), {"guest-lab": Reason.SEES_ONE_STACK}, TEAM),
    Mutation("another user owns a shared space", put("churn", OWNER, "bob"), {"churn": Danger.REPLACED}),
    Mutation("the owner is a reference to the user profile", put("ada-lab", OWNER, {"Ref": "Ada"}), {"ada-lab": Danger.REPLACED}, app=TEAM),
    Mutation("a space has no owner", put("retro", "Properties.OwnershipSettings", None), {"retro": Danger.REPLACED}),
    Mutation("a private space is shared", put("alice-lab", SHARING, "Shared"), {"alice-lab": Danger.REPLACED}),
    Mutation("a shared space is private", put("churn", SHARING, "Private"), {"churn": Danger.REPLACED}),
    Mutation("a space says nothing of sharing", put("dan-lab", "Properties.SpaceSharingSettings", None), {"dan-lab": Danger.REPLACED}),
    Mutation("a space is in another domain", put("bob-lab", "Properties.DomainId", "d-another"), {"bob-lab": Danger.REPLACED}),
    Mutation("a user profile is in another domain", put("ann-lee", "Properties.DomainId", "d-another"), {"ann-lee": Danger.REPLACED}),
    Mutation("the users are in another domain by its output", another_domain, each(USERS, Danger.REPLACED), each(USERS, Reason.SEES_ONE_STACK)),
    Mutation("a nested stack is given another domain", guest_is_in_another_domain, {"guest-lab": Danger.REPLACED}, {"guest-lab": Reason.SEES_ONE_STACK}, TEAM),
    # What a domain and its users are created with
    Mutation("the domain has another key", another_key, each(("research", *USERS), Danger.REPLACED), each(USERS, Reason.SEES_ONE_STACK)),
    Mutation("the domain has a key of another account", put("team", "Properties.KmsKeyId", ANOTHER_KEY), each(("team", *ADAS, "guest-lab"), Danger.REPLACED), {"guest-lab": Reason.SEES_ONE_STACK}, TEAM),
    Mutation("the domain has no key", put("research", "Properties.KmsKeyId", None), each(("research", *USERS), Danger.REPLACED), each(USERS, Reason.SEES_ONE_STACK)),
    Mutation("users log in otherwise", put("research", "Properties.AuthMode", "SSO"), each(("research", *USERS), Danger.REPLACED), each(USERS, Reason.SEES_ONE_STACK)),
    Mutation("the domain is in another VPC", put("team", "Properties.VpcId", "vpc-0a1b2c3d"), each(("team", *ADAS, "guest-lab"), Danger.REPLACED), {"guest-lab": Reason.SEES_ONE_STACK}, TEAM),
    Mutation("the domain is in a VPC that is not in the app", put("research", "Properties.VpcId", "vpc-0a1b2c3d"), each(("research", *USERS), Danger.REPLACED), each(USERS, Reason.SEES_ONE_STACK)),
    Mutation("the domain is in no VPC", put("team", "Properties.VpcId", None), each(("team", *ADAS, "guest-lab"), Danger.REPLACED), {"guest-lab": Reason.SEES_ONE_STACK}, TEAM),
    Mutation("a user is another one of the identity center", put("ada", "Properties.SingleSignOnUserValue", "ada@example.org"), {"ada": Danger.REPLACED}, app=TEAM),
    Mutation("a user is found otherwise in the identity center", put("ada", "Properties.SingleSignOnUserIdentifier", "Email"), {"ada": Danger.REPLACED}, app=TEAM),
    Mutation("a user no longer comes from the identity center", both(put("ada", "Properties.SingleSignOnUserIdentifier", None), put("ada", "Properties.SingleSignOnUserValue", None)), {"ada": Danger.REPLACED}, app=TEAM),
    Mutation("a user has no access to RStudio", put("ada", f"{RSTUDIO}.AccessStatus", "DISABLED"), {"ada": Danger.REPLACED}, {"ada": Reason.MISSES_PARTS_OF_PROPERTIES}, TEAM),
    Mutation("a user administers RStudio", put("ada", f"{RSTUDIO}.UserGroup", "R_STUDIO_ADMIN"), {"ada": Danger.REPLACED}, {"ada": Reason.MISSES_PARTS_OF_PROPERTIES}, TEAM),
    Mutation("the RStudio server is larger", put("team", "Properties.DomainSettings.RStudioServerProDomainSettings.DefaultResourceSpec.InstanceType", "ml.c5.4xlarge"), each(("team", *ADAS, "guest-lab"), Danger.REPLACED), each(("team", *ADAS, "guest-lab"), Reason.MISSES_PARTS_OF_PROPERTIES), TEAM),
    # Logical ids, and stacks
    Mutation("a space has another logical id", lambda draft: draft.rename("alice-lab", "Lab"), {"alice-lab": Danger.RENAMED}),
    Mutation("a user profile has another logical id", lambda draft: draft.rename("dan", "Daniel"), {"dan": Danger.RENAMED}),
    Mutation("a domain has another logical id", lambda draft: draft.rename("research", "Studio"), {"research": Danger.RENAMED, **each(USERS, Danger.REPLACED)}, each(USERS, Reason.SEES_ONE_STACK)),
    Mutation("a key has another logical id", lambda draft: draft.rename(DOMAIN_KEY, "Key", construct="/research-studio/Keys/Domain/Key/Resource"), {DOMAIN_KEY: Danger.RENAMED, **each(("research", *USERS), Danger.REPLACED)}, each(USERS, Reason.SEES_ONE_STACK)),
    Mutation("a key of much has another logical id", lambda draft: draft.rename("Key", "TeamKey", construct="/team/Keys/Key"), {"Key": Danger.RENAMED, **each(("team", *ADAS, "guest-lab", "Home", "Scratch"), Danger.REPLACED)}, {"guest-lab": Reason.SEES_ONE_STACK}, TEAM),
    Mutation("a construct with a key has another id", lambda draft: draft.rename(LOGS_KEY, "LogsKey", construct="/research-network/LogsKey/Resource"), {LOGS_KEY: Danger.REMOVED}),
    Mutation("a bucket has another logical id", lambda draft: draft.rename("team-artifacts", "Models"), {"team-artifacts": Danger.RENAMED}, app=TEAM),
    Mutation("a bucket without a name has another logical id", lambda draft: draft.rename("Cache", "StoreCache", construct="/team/Store/Cache"), {"Cache": Danger.RENAMED}, app=TEAM),
    Mutation("a file system has another logical id", lambda draft: draft.rename("Home", "FilesHome", construct="/team/Files/Home"), {"Home": Danger.RENAMED}, app=TEAM),
    Mutation("a space has another logical id and another owner", both(put("churn", OWNER, "bob"), lambda draft: draft.rename("churn", "Churn")), {"churn": Danger.RENAMED}),
    Mutation("a space has another logical id and another name", both(put("churn", "Properties.SpaceName", "leaving"), lambda draft: draft.rename("leaving", "Churn")), {"churn": Danger.REMOVED}),
    Mutation("a space is something else", put("retro", "Type", "Custom::Space"), {"retro": Danger.REMOVED}),
    Mutation("a bucket is a file system", put("Cache", "Type", "AWS::EFS::FileSystem"), {"Cache": Danger.REMOVED}, app=TEAM),
    Mutation("a bucket is a file system of another logical id", both(put("Cache", "Type", "AWS::EFS::FileSystem"), lambda draft: draft.rename("Cache", "StoreCache", construct="/team/Store/Cache")), {"Cache": Danger.REMOVED}, app=TEAM),
    Mutation("a space is in another stack", lambda draft: draft.move("bob-lab", "research-studio"), {"bob-lab": Danger.MOVED}),
    Mutation("a user is in a stack of its own", alice_moves, each(ALICES, Danger.MOVED)),
    Mutation("a bucket is in another stack", lambda draft: draft.move("team-artifacts", "abroad"), {"team-artifacts": Danger.MOVED}, app=TEAM),
    Mutation("a file system is in another stack", lambda draft: draft.move("Home", "abroad"), {"Home": Danger.MOVED}, app=TEAM),
    Mutation("the key is in another stack", key_moves, {DOMAIN_KEY: Danger.MOVED, **each(("research", *USERS), Danger.REPLACED)}, each(USERS, Reason.SEES_ONE_STACK)),
    Mutation("the domain is in the stack of its users", studio_moves_to_its_users, {**each(("research", DOMAIN_KEY), Danger.MOVED), **each(USERS, Danger.REPLACED)}),
    Mutation("the stack of the users has another name", lambda draft: draft.rename_stack("research-users-1", "research-users"), each(USERS, Danger.MOVED)),
    Mutation("the stack of the domain has another name", studio_is_renamed, {**each(("research", DOMAIN_KEY), Danger.MOVED), **each(USERS, Danger.REPLACED)}),
    Mutation("the stack of the users is gone", lambda draft: draft.remove_stack("research-users-1"), each(USERS, Danger.STACK_GONE)),
    Mutation("a nested stack has another logical id", lambda draft: draft.rename(INNER, "Models"), each(NESTED, Danger.MOVED), app=TEAM),
    Mutation("a nested stack is dissolved", nested_stack_is_dissolved, each(NESTED, Danger.MOVED), app=TEAM),
    Mutation("a stack is in another region", lambda draft: draft.environment("abroad", "aws://111122223333/us-east-1"), {"team-copies": Danger.MOVED, "Logs": Danger.MOVED}, each(("team-copies", "Logs"), Reason.MISSES_ENVIRONMENT), TEAM),
    Mutation("a stack is in another account", lambda draft: draft.environment("abroad", "aws://444455556666/eu-west-1"), {"team-copies": Danger.MOVED, "Logs": Danger.MOVED}, each(("team-copies", "Logs"), Reason.MISSES_ENVIRONMENT), TEAM),
    # Resources that are gone
    Mutation("a space is removed", lambda draft: draft.remove("carol-train"), {"carol-train": Danger.REMOVED}),
    Mutation("a user is removed with all spaces", lambda draft: [draft.remove(name) for name in ALICES], each(ALICES, Danger.REMOVED)),
    Mutation("a key is removed", lambda draft: draft.remove(LOGS_KEY), {LOGS_KEY: Danger.REMOVED}),
    Mutation("a bucket is removed", lambda draft: draft.remove("Cache"), {"Cache": Danger.REMOVED}, app=TEAM),
    Mutation("a bucket in a nested stack is removed", lambda draft: draft.remove("team-models"), {"team-models": Danger.REMOVED}, app=TEAM),
    Mutation("a file system is removed", lambda draft: draft.remove("Scratch"), {"Scratch": Danger.REMOVED}, app=TEAM),
    Mutation("a condition is on a space", with_condition("alice-lab"), {"alice-lab": Danger.CONDITION}, {"alice-lab": Reason.MISSES_CONDITION}),
    Mutation("a condition is on a bucket", with_condition("team-artifacts"), {"team-artifacts": Danger.CONDITION}, {"team-artifacts": Reason.MISSES_CONDITION}, TEAM),
    Mutation("a condition is on a nested stack", with_condition(INNER), each(NESTED, Danger.CONDITION), each(NESTED, Reason.MISSES_CONDITION), TEAM),
    Mutation("a condition is another one", other_condition("Away"), {"Spare": Danger.CONDITION}, {"Spare": Reason.MISSES_CONDITION}, TEAM),
    Mutation("a condition in a condition is another one", other_condition("AtHome"), {"Spare": Danger.CONDITION}, {"Spare": Reason.MISSES_CONDITION}, TEAM),
    # Retention
    *(
        Mutation(f"{name} has the deletion policy Delete", put(name, "DeletionPolicy", "Delete"), {name: Danger.DELETION_POLICY}, {name: Reason.MISSES_RETENTION}, app)
        for name, app in {"research": REFERENCE, "alice": REFERENCE, "alice-lab": REFERENCE, DOMAIN_KEY: REFERENCE, "team-artifacts": TEAM, "Home": TEAM, "Scratch": TEAM, "Features": TEAM, "team-models": TEAM}.items()
    ),
    Mutation("a space has no deletion policy", put("alice-lab", "DeletionPolicy", None), {"alice-lab": Danger.DELETION_POLICY}, {"alice-lab": Reason.MISSES_RETENTION}),
    Mutation("a space is kept by no replacement", put("alice-lab", "UpdateReplacePolicy", "Delete"), {"alice-lab": Danger.DELETION_POLICY}, {"alice-lab": Reason.MISSES_RETENTION}),
    Mutation("a domain has no update-replace policy", put("research", "UpdateReplacePolicy", None), {"research": Danger.DELETION_POLICY}, {"research": Reason.MISSES_RETENTION}),
    Mutation("a file system keeps a snapshot alone", put("Home", "DeletionPolicy", "Snapshot"), {"Home": Danger.DELETION_POLICY}, {"Home": Reason.MISSES_RETENTION}, TEAM),
    Mutation("nothing is kept any more", nothing_is_kept, each((*REFERENCE_DATA, VPC), Danger.DELETION_POLICY), each(REFERENCE_DATA, Reason.MISSES_RETENTION)),
    # Volumes and apps
    Mutation("a volume is smaller", put("alice-lab", VOLUME, 20), {"alice-lab": Danger.SHRUNK}, {"alice-lab": Reason.MISSES_SHRINK}),
    Mutation("a volume is smaller in text", put("alice-lab", VOLUME, "20"), {"alice-lab": Danger.SHRUNK}, {"alice-lab": Reason.MISSES_SHRINK}),
    Mutation("a volume has no size", put("alice-lab", "Properties.SpaceSettings.SpaceStorageSettings", None), {"alice-lab": Danger.SHRUNK}, {"alice-lab": Reason.MISSES_SHRINK}),
    Mutation("a parameter has the size of a volume", size_by_parameter, {"alice-lab": Danger.SHRUNK}, {"alice-lab": Reason.MISSES_SHRINK}),
    Mutation("a file system is smaller", put("Scratch", "Properties.StorageCapacity", 1200), {"Scratch": Danger.SHRUNK}, {"Scratch": Reason.MISSES_SHRINK}, TEAM),
    Mutation("a space has another app", put("alice-lab", "Properties.SpaceSettings.AppType", "CodeEditor"), {"alice-lab": Danger.APP_TYPE}, {"alice-lab": Reason.MISSES_APP_TYPE}),
    Mutation("a space names no app", put("ada-lab", "Properties.SpaceSettings.AppType", None), {"ada-lab": Danger.APP_TYPE}, {"ada-lab": Reason.MISSES_APP_TYPE}, TEAM),
    Mutation("a space is smaller, of another name, and not kept", both(put("alice-lab", VOLUME, 20), put("alice-lab", "DeletionPolicy", "Delete"), put("alice-lab", "Properties.SpaceName", "lab")), {"alice-lab": (Danger.REPLACED, Danger.SHRUNK, Danger.DELETION_POLICY)}),
    # File systems, buckets and stores
    Mutation("a file system is not encrypted", put("Home", "Properties.Encrypted", False), {"Home": Danger.REPLACED}, app=TEAM),
    Mutation("a file system has another key", put("Home", "Properties.KmsKeyId", ANOTHER_KEY), {"Home": Danger.REPLACED}, app=TEAM),
    Mutation("a file system has another mode", put("Home", "Properties.PerformanceMode", "maxIO"), {"Home": Danger.REPLACED}, app=TEAM),
    Mutation("a file system is in one zone", put("Home", "Properties.AvailabilityZoneName", "eu-west-1a"), {"Home": Danger.REPLACED}, app=TEAM),
    Mutation("a file system is of another type", put("Scratch", "Properties.FileSystemType", "OPENZFS"), {"Scratch": Danger.REPLACED}, app=TEAM),
    Mutation("a file system comes from a backup", put("Scratch", "Properties.BackupId", "backup-0a1b2c3d"), {"Scratch": Danger.REPLACED}, app=TEAM),
    Mutation("a file system is in another subnet", put("Scratch", "Properties.SubnetIds", ["subnet-0a1b2c3d"]), {"Scratch": Danger.REPLACED}, app=TEAM),
    Mutation("a file system is behind another security group", put("Scratch", "Properties.SecurityGroupIds", ["sg-0a1b2c3d"]), {"Scratch": Danger.REPLACED}, app=TEAM),
    Mutation("a bucket has another name", put("team-artifacts", "Properties.BucketName", "group-artifacts"), {"team-artifacts": Danger.REPLACED}, app=TEAM),
    Mutation("a bucket has no name", put("team-artifacts", "Properties.BucketName", None), {"team-artifacts": Danger.REPLACED}, app=TEAM),
    Mutation("a bucket has a name at last", put("Cache", "Properties.BucketName", "team-cache"), {"Cache": Danger.REPLACED}, app=TEAM),
    Mutation("a bucket in a nested stack has another name", put("team-models", "Properties.BucketName", "models"), {"team-models": Danger.REPLACED}, app=TEAM),
    Mutation("a feature group has another name", put("Features", "Properties.FeatureGroupName", "leaving"), {"Features": Danger.REPLACED}, app=TEAM),
    Mutation("a feature group is tagged", tagged("Features"), {"Features": Danger.REPLACED}, app=TEAM),
    Mutation("a feature group has no online store", put("Features", "Properties.OnlineStoreConfig.EnableOnlineStore", False), {"Features": Danger.REPLACED}, app=TEAM),
    Mutation("an MLflow app has another name", put("Experiments", "Properties.Name", "trials"), {"Experiments": Danger.REPLACED}, app=TEAM),
    Mutation("an MLflow server has another name", put("Tracking", "Properties.TrackingServerName", "trials"), {"Tracking": Danger.REPLACED}, app=TEAM),
    Mutation("an MLflow server has another version", put("Tracking", "Properties.MlflowVersion", "3.0"), {"Tracking": Danger.REPLACED}, {"Tracking": Reason.MISSES_CONDITIONAL}, TEAM),
    # What others are replaced with
    Mutation("the network has other addresses", put(VPC, "Properties.CidrBlock", "10.2.0.0/16"), each((VPC, "research", *USERS), Danger.REPLACED), each(("research", *USERS), Reason.SEES_ONE_STACK)),
    Mutation("the network of the stack has other addresses", put("Vpc", "Properties.CidrBlock", "10.2.0.0/16"), each(("Vpc", "Subnet", "Group", "Scratch", "team", *ADAS, "guest-lab"), Danger.REPLACED), {"guest-lab": Reason.SEES_ONE_STACK}, TEAM),
    Mutation("the network has hardware of its own", put("Vpc", "Properties.InstanceTenancy", "dedicated"), each(("Vpc", "Subnet", "Group", "Scratch", "team", *ADAS, "guest-lab"), Danger.REPLACED), {**each(("Scratch", "team", *ADAS), Reason.MISSES_CONDITIONAL), "guest-lab": Reason.SEES_ONE_STACK}, TEAM),
    Mutation("the network has another logical id", lambda draft: draft.rename(VPC, "Network", construct="/research-network/Net/Vpc/Resource"), {VPC: Danger.RENAMED, **each(("research", *USERS), Danger.REPLACED)}, each(("research", *USERS), Reason.SEES_ONE_STACK)),
    Mutation("the stack of the network has another name", network_is_renamed, {LOGS_KEY: Danger.MOVED, VPC: Danger.MOVED, **each(("research", *USERS), Danger.REPLACED)}, each(USERS, Reason.SEES_ONE_STACK)),
    Mutation("a subnet has other addresses", put("Subnet", "Properties.CidrBlock", "10.1.1.0/24"), each(("Subnet", "Scratch"), Danger.REPLACED), each(("team", *ADAS), Reason.OVER_REPORTS_SUBNETS_AND_TAGS), TEAM),
    Mutation("a security group is described otherwise", put("Group", "Properties.GroupDescription", "of Ada"), each(("Group", "Scratch"), Danger.REPLACED), app=TEAM),
    Mutation("a role has another name", put("Role", "Properties.RoleName", "group-features"), each(("Role", "Features", "Tracking", "Experiments"), Danger.REPLACED), {"Tracking": Reason.MISSES_CONDITIONAL}, TEAM),
]  # fmt: skip

STALE = Reason.OVER_REPORTS_SUBNETS_AND_TAGS
RAW = Reason.READS_RAW_TEXT
HARMLESS = [
    # Tags
    Mutation("a domain is tagged", tagged("research"), differs={"research": STALE}),
    Mutation("a user profile is tagged", tagged("alice"), differs={"alice": STALE}),
    Mutation("a space is tagged", tagged("alice-lab")),
    Mutation("a key is tagged", tagged(DOMAIN_KEY)),
    Mutation("a VPC is tagged", tagged(VPC)),
    Mutation("file systems and buckets are tagged", both(tagged("Scratch"), tagged("team-artifacts"), tagged("team-models")), app=TEAM),
    Mutation("an MLflow server is tagged", tagged("Tracking"), app=TEAM),
    Mutation("a space has no tags", put("alice-lab", "Properties.Tags", None)),
    # Spaces
    Mutation("a space has another instance type", put("alice-lab", "Properties.SpaceSettings.JupyterLabAppSettings.DefaultResourceSpec.InstanceType", "ml.m5.large")),
    Mutation("a space has another image", put("alice-lab", "Properties.SpaceSettings.JupyterLabAppSettings.DefaultResourceSpec.SageMakerImageArn", "arn:aws:sagemaker:eu-west-1:111122223333:image/own")),
    Mutation("a space has a lifecycle script", put("alice-lab", "Properties.SpaceSettings.JupyterLabAppSettings.DefaultResourceSpec.LifecycleConfigArn", "arn:aws:sagemaker:eu-west-1:111122223333:studio-lifecycle-config/start")),
    Mutation("a space stops sooner", put("alice-lab", "Properties.SpaceSettings.JupyterLabAppSettings.AppLifecycleManagement.IdleSettings.IdleTimeoutInMinutes", 30)),
    Mutation("a space is shown otherwise", put("alice-lab", "Properties.SpaceDisplayName", "Alice's lab")),
    Mutation("a volume is bigger", put("alice-lab", VOLUME, 500)),
    Mutation("a volume is bigger in text", put("alice-lab", VOLUME, "500")),
    Mutation("a volume has the same size in text", put("alice-lab", VOLUME, "50")),
    Mutation("a volume has a size at last", put("Desk", VOLUME, 50), app=TEAM),
    Mutation("a space mounts a file system", put("alice-lab", "Properties.SpaceSettings.CustomFileSystems", [{"EFSFileSystem": {"FileSystemId": "fs-0a1b2c3d"}}])),
    Mutation("a space waits for another", lambda draft: draft.resource("alice-lab")["DependsOn"].append(draft.place("alice-code")[1])),
    # Users and the domain
    Mutation("there is a new user with a space", new_user),
    Mutation("there is a new stack with a bucket", new_stack),
    Mutation("a user has another role", put("alice", "Properties.UserSettings.ExecutionRole", "arn:aws:iam::111122223333:role/other")),
    Mutation("a role has another logical id", lambda draft: draft.rename("aliceExecutionRoleE8EEDA77", "AliceRole")),
    Mutation("a role may do more", lambda draft: draft.properties("aliceUse6DA7CA1E")["PolicyDocument"]["Statement"].append({"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"})),
    Mutation("a role is described", put("Role", "Properties.Description", "of the features"), app=TEAM),
    Mutation("the domain is idle sooner", put("research", "Properties.DefaultUserSettings.JupyterLabAppSettings.AppLifecycleManagement.IdleSettings.IdleTimeoutInMinutes", 60)),
    Mutation("the domain allows larger volumes", put("research", "Properties.DefaultUserSettings.SpaceStorageSettings.DefaultEbsStorageSettings.MaximumEbsVolumeSizeInGb", 900)),
    Mutation("the domain allows smaller volumes alone", put("research", "Properties.DefaultUserSettings.SpaceStorageSettings.DefaultEbsStorageSettings.MaximumEbsVolumeSizeInGb", 25)),
    Mutation("the domain has a home file system", put("research", "Properties.HomeEfsFileSystemCreation", "Enabled")),
    Mutation("the domain has other security groups", put("research", "Properties.DefaultUserSettings.SecurityGroups", ["sg-0a1b2c3d"])),
    Mutation("the domain has other subnets", put("research", "Properties.SubnetIds", ["subnet-0a1b2c3d"]), differs={"research": STALE}),
    Mutation("the domain reaches the internet", put("research", "Properties.AppNetworkAccessType", "PublicInternetOnly"), differs={"research": STALE}),
    Mutation("a domain without a VPC gets one", put("outside", "Properties.VpcId", "vpc-0a1b2c3d"), differs={"outside": Reason.OVER_REPORTS_ADDED_VPC}, app=TEAM),
    # Keys, networks, file systems, buckets and stores
    Mutation("a key lets others in", lambda draft: draft.properties(DOMAIN_KEY)["KeyPolicy"]["Statement"].append({"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*", "Principal": {"AWS": "111122223333"}})),
    Mutation("a key does not rotate", put(DOMAIN_KEY, "Properties.EnableKeyRotation", False)),
    Mutation("a key is described otherwise", put(DOMAIN_KEY, "Properties.Description", "of the domain")),
    Mutation("a key is of another kind, which CloudFormation refuses", put(DOMAIN_KEY, "Properties.KeySpec", "RSA_4096")),
    Mutation("a subnet has longer addresses too", put("Subnet", "Properties.Ipv6CidrBlock", "2001:db8::/64"), app=TEAM),
    Mutation("a VPC has names", put(VPC, "Properties.EnableDnsHostnames", False)),
    Mutation("a VPC has one endpoint less", lambda draft: draft.remove("VpcSts9684971E")),
    Mutation("a file system is faster", put("Home", "Properties.ThroughputMode", "elastic"), app=TEAM),
    Mutation("a file system is backed up", put("Home", "Properties.BackupPolicy", {"Status": "ENABLED"}), app=TEAM),
    Mutation("a file system is bigger", put("Scratch", "Properties.StorageCapacity", 4800), app=TEAM),
    Mutation("a file system is of a newer version", put("Scratch", "Properties.FileSystemTypeVersion", "2.15"), differs={"Scratch": Reason.OVER_REPORTS_UPGRADES}, app=TEAM),
    Mutation("a bucket has versions and forgets them", both(put("team-artifacts", "Properties.VersioningConfiguration", {"Status": "Enabled"}), put("team-artifacts", "Properties.LifecycleConfiguration", {"Rules": [{"Status": "Enabled", "NoncurrentVersionExpiration": {"NoncurrentDays": 30}}]})), app=TEAM),
    Mutation("a bucket locks objects", put("team-artifacts", "Properties.ObjectLockEnabled", True), differs={"team-artifacts": Reason.OVER_REPORTS_UPGRADES}, app=TEAM),
    Mutation("a feature group forgets sooner", put("Features", "Properties.OnlineStoreConfig.TtlDuration.Value", 1), differs={"Features": Reason.OVER_REPORTS_WHOLE_PROPERTIES}, app=TEAM),
    Mutation("an MLflow server is larger", put("Tracking", "Properties.TrackingServerSize", "Large"), app=TEAM),
    # Retention
    Mutation("what is kept is kept after a failed creation too", other_retention("RetainExceptOnCreate", "Retain")),
    Mutation("what is kept is not kept after a failed creation", other_retention("Retain", "RetainExceptOnCreate"), app=TEAM),
    Mutation("what was not kept is kept", both(put("Cache", "DeletionPolicy", "Retain"), put("Cache", "UpdateReplacePolicy", "Retain")), app=TEAM),
    Mutation("what was not kept says nothing", both(put("Cache", "DeletionPolicy", None), put("Cache", "UpdateReplacePolicy", None)), app=TEAM),
    # The same, written otherwise
    Mutation("the order is another", other_order),
    Mutation("there is other metadata", metadata_is_added),
    Mutation("there are no bootstrap rules", without_bootstrap),
    Mutation("there is one more output", lambda draft: draft.template("research")["Outputs"].update(Name={"Value": "research"})),
    Mutation("a parameter has another default", studio_in_stack_parameter, app=TEAM),
    Mutation("an output has another name", other_output, differs=each(USERS, RAW)),
    Mutation("the domain is imported by an export", by_export, differs=each(SPACES, RAW)),
    Mutation("the domain is referred to by an attribute", put("ada-lab", "Properties.DomainId", {"Fn::GetAtt": ["Domain", "DomainId"]}), differs={"ada-lab": RAW}, app=TEAM),
    Mutation("the domain is referred to in a text", put("ada-lab", "Properties.DomainId", {"Fn::Sub": "${Domain}"}), differs={"ada-lab": RAW}, app=TEAM),
    Mutation("a key is referred to in short", put("Home", "Properties.KmsKeyId", {"Fn::GetAtt": "Key.Arn"}), app=TEAM),
    Mutation("a key is referred to by its id", put("Scratch", "Properties.KmsKeyId", {"Fn::GetAtt": ["Key", "KeyId"]}), differs={"Scratch": RAW}, app=TEAM),
    Mutation("a name is no longer in a mapping", put("Desk", "Properties.SpaceName", "ada-desk"), differs={"Desk": RAW}, app=TEAM),
    Mutation("a name is no longer made of where it is", put("Logs", "Properties.BucketName", "logs-111122223333-eu-west-1"), differs={"Logs": RAW}, app=TEAM),
    Mutation("a name is joined", put("alice-lab", "Properties.SpaceName", {"Fn::Join": ["-", ["alice", "lab"]]}), differs={"alice-lab": RAW}),
    Mutation("a property is left out in words", put("alice-lab", "Properties.OwnershipSettings.Nothing", {"Ref": "AWS::NoValue"}), differs={"alice-lab": RAW}),
    Mutation("a construct is elsewhere under the same logical id", lambda draft: draft.rename(DOMAIN_KEY, DOMAIN_KEY, construct="/research-studio/Keys/Other/Resource")),
    Mutation("a stack says where it is deployed to", lambda draft: draft.environment("team", "aws://111122223333/eu-west-1"), app=TEAM),
    Mutation("a stack no longer says where it is deployed to", lambda draft: draft.environment("abroad", "aws://unknown-account/unknown-region"), app=TEAM),
    Mutation("a file system is encrypted in text", put("Home", "Properties.Encrypted", "true"), app=TEAM),
    Mutation("a condition has another name", condition_is_renamed, app=TEAM),
    Mutation("a condition is taken away", lambda draft: draft.resource("Spare").pop("Condition"), app=TEAM),
]  # fmt: skip

MUTATIONS = [*LOSING, *HARMLESS]
