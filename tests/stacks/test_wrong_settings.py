"""What a settings file says, and the lines that must come: all of them at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from constructs_lib import StudioFeature
from stacks.settings_file import SettingsError
from tests.studios import studio_app, written

DOMAIN = "domain: {name: research}\n"


def domain(keys: str) -> str:
    return f"domain: {{name: research, {keys}}}"


def user(keys: str) -> str:
    return f"{DOMAIN}users: [{{name: alice, {keys}}}]"


def space(keys: str) -> str:
    return user(f"spaces: [{{name: lab, app: JupyterLab, {keys}}}]")


def shared(keys: str) -> str:
    return f"{DOMAIN}users: [{{name: alice}}]\nshared_spaces: [{{name: churn, app: JupyterLab, {keys}}}]"


def image(keys: str) -> str:
    return domain(f"images: [{{name: team, repository: ml/team, {keys}}}]")


def script(keys: str) -> str:
    return domain(f"scripts: [{{name: setup, {keys}}}]")


def offers(keys: str) -> str:
    """Return a domain that offers something of each kind, and a space."""
    images = "{name: team, repository: ml/team, tag: '2.1', apps: [CodeEditor]}"
    scripts = (
        "{name: setup, file: setup.sh, run: Always}, {name: vim, file: setup.sh, run: Offered, apps: [CodeEditor]}"
    )
    spaces = f"spaces: [{{name: lab, app: JupyterLab, {keys}}}]"
    return f"{domain(f'images: [{images}], scripts: [{scripts}]')}\nusers: [{{name: alice, {spaces}}}]"


def team(users: str) -> str:
    return f"{DOMAIN}roles: [{{name: team}}]\nusers: [{users}]"


def many_users(count: int, spaces: int) -> str:
    def one(user: int) -> str:
        return ", ".join(f"{{name: u{user}s{index}, app: JupyterLab}}" for index in range(spaces))

    return DOMAIN + "users:\n" + "".join(f"- {{name: u{user}, spaces: [{one(user)}]}}\n" for user in range(count))


KEY = "01234567-89ab-cdef-0123-456789abcdef"
FEATURES = [name for name in vars(StudioFeature) if name.isupper() and name != "CORE"]
FILES = {
    "setup.sh": b"#!/bin/bash\n",
    "bare.sh": b"echo hello\n",
    "latin.sh": "#!/bin/bash\n# caf\u00e9\n".encode("latin-1"),
}
NAME_FORM = "must be 1..63 letters, digits and inner hyphens"
DOMAIN_NAME_FORM = f"{NAME_FORM} with a letter first, since the stacks are named after it"

WRONG: dict[str, tuple[str, list[str]]] = {
    # the file
    "empty": ("", ["1: the file: must be keys with values, got nothing"]),
    "a list": ("[1]", ["1: the file: must be keys with values, got a list"]),
    "not YAML": ("domain: [", ["is not YAML that can be read: while parsing a flow node expected the node content, but found '<stream end>' in \"<unicode string>\", line 1, column 10: domain: [ ^"]),
    "no domain": ("users: []", ["1: domain: must be given, got nothing; add it"]),
    "unknown key": (DOMAIN + "user: []", ["2: user: is not a key here; did you mean 'users'?"]),
    "unknown key that resembles none": (DOMAIN + "quux: 1", ["2: quux: is not a key here; keys are acknowledgements, domain, roles, shared_spaces, tags, users"]),
    "key that is no text": (DOMAIN + "1: 2", ["2: [1]: must be a key of text, got 1; put it in quotes"]),
    "date that is none": (DOMAIN + "tags: {release: 2024-13-01}", ["is not YAML that can be read: month must be in 1..12"]),
    "itself": ("domain: &d {name: research, vpc: *d}", ["is not YAML that can be read: must not hold an alias of itself; write out what the alias means in \"<unicode string>\", line 1, column 9: domain: &d {name: research, vpc: *d} ^"]),
    "a list in itself": (DOMAIN + "users: &u [{name: a, spaces: *u}]", ["is not YAML that can be read: must not hold an alias of itself; write out what the alias means in \"<unicode string>\", line 2, column 8: users: &u [{name: a, spaces: *u}] ^"]),
    "an item that merges itself": (DOMAIN + "users: [&a {name: a, <<: *a}]", ["is not YAML that can be read: must not hold an alias of itself; write out what the alias means in \"<unicode string>\", line 2, column 9: users: [&a {name: a, <<: *a}] ^"]),
    "lists in lists without end": ("[" * 2000 + "]" * 2000, ["is nested too deep to be read; write fewer lists in lists"]),
    "token of the CDK": (DOMAIN + "users: [{name: '${Token[TOKEN.1]}'}]", ["must not hold 'Token[', which means something to the CDK; leave it out"]),
    "key given twice": (DOMAIN + "tags: {a: b}\ntags: {a: c}", ["3: tags: must be given once, got it twice; leave out one of the two"]),
    # the domain
    "domain name": ("domain: {name: my_studio}", [f"1: domain.name: {DOMAIN_NAME_FORM}, got 'my_studio'"]),
    "name that no stack can bear": ("domain: {name: 4research}", [f"1: domain.name: {DOMAIN_NAME_FORM}, got '4research'"]),
    "name that YAML reads as a number": ("domain: {name: 42}", ["1: domain.name: must be text, got 42; put it in quotes"]),
    "no name": ("domain: {}", ["1: domain.name: must be given, got nothing; add it"]),
    "account without quotes": (domain("account: 123456789012, region: eu-west-1"), ["1: domain.account: must be text, got 123456789012; put it in quotes"]),
    "short account": (domain("account: '1234', region: eu-west-1"), ["1: domain.account: must be 12 digits in quotes, got '1234'"]),
    "account alone": (domain("account: '123456789012'"), ["1: domain.account: must come with region, got it alone; add region, or leave out account"]),
    "region alone": (domain("region: eu-west-1"), ["1: domain.region: must come with account, got it alone; add account, or leave out region"]),
    "zone in place of a region": (domain("account: '123456789012', region: eu-west-1a"), ["1: domain.region: must be a region such as eu-west-1, got 'eu-west-1a'"]),
    "auth mode": (domain("auth_mode: iam"), ["1: domain.auth_mode: must be IAM or SSO, got 'iam'"]),
    "network access": (domain("network_access: Public"), ["1: domain.network_access: must be VpcOnly or PublicInternetOnly, got 'Public'"]),
    "VPC without subnets": (domain("vpc: {vpc_id: vpc-0a1b2c3d}"), ["1: domain.vpc.subnet_ids: must be given, got nothing; add it"]),
    "VPC with an empty list of subnets": (domain("vpc: {vpc_id: vpc-0a1b2c3d, subnet_ids: []}"), ["1: domain.vpc.subnet_ids: must have at least 1, got 0"]),
    "subnet by its name": (domain("vpc: {vpc_id: vpc-0a1b2c3d, subnet_ids: [private-1]}"), ["1: domain.vpc.subnet_ids[0]: must be the id of a subnet, subnet-0a1b2c3d4e5f67890 say, got 'private-1'"]),
    "encryption": (domain("encryption: None"), ["1: domain.encryption: must be CustomerManaged or AwsManaged, got 'None'"]),
    "key by its alias": (domain("encryption: {key_arn: alias/studio}"), ["1: domain.encryption.key_arn: must be the ARN of a key, arn:aws:kms:REGION:ACCOUNT:key/ID, got 'alias/studio'"]),
    "home_efs": (domain("home_efs: sure"), ["1: domain.home_efs: must be true or false, got 'sure'"]),
    "idle too short": (domain("idle_shutdown_minutes: 59"), ["1: domain.idle_shutdown_minutes: must be 60 or more, got 59"]),
    "idle too long": (domain("idle_shutdown_minutes: 525601"), ["1: domain.idle_shutdown_minutes: must be 525600 or less, got 525601"]),
    "idle without a value": (domain("idle_shutdown_minutes:"), ["1: domain.idle_shutdown_minutes: must have a value, got nothing; write one, or leave the key out"]),
    "storage out of range": (domain("storage: {default_gb: 4, maximum_gb: 16385}"), ["1: domain.storage.default_gb: must be 5 or more, got 4", "1: domain.storage.maximum_gb: must be 16384 or less, got 16385"]),
    "storage out of order": (domain("storage: {default_gb: 50, maximum_gb: 40}"), ["1: domain.storage: default_gb must be at most maximum_gb, 40, got 50"]),
    "no instance types": (domain("instance_types: []"), ["1: domain.instance_types: must have at least 1, got 0"]),
    "instance type": (domain("instance_types: [t3.medium]"), ["1: domain.instance_types[0]: must have the form ml.FAMILY.SIZE, got 't3.medium'; write one such as ml.m5.large"]),
    "type that runs no space": (domain("instance_types: [ml.t3.medium, system]"), ["1: domain.instance_types[1]: must have the form ml.FAMILY.SIZE, got 'system'; write one such as ml.m5.large"]),
    "geospatial type": (domain("instance_types: [ml.geospatial.interactive]"), ["1: domain.instance_types[0]: must be an instance type that runs spaces, got 'ml.geospatial.interactive'; write one such as ml.m5.large"]),
    "removal policy": (domain("removal_policy: Destroy"), ["1: domain.removal_policy: must be Retain or Delete, got 'Destroy'"]),
    "drain of what is kept": ("domain:\n  name: research\n  drain: {delete_user_spaces: true}", ["3: domain.drain: must come with removal_policy: Delete, got Retain, by which nothing is deleted; write removal_policy: Delete, or leave out drain"]),
    "drain of what is said to be kept": (domain("removal_policy: Retain, drain: {}"), ["1: domain.drain: must come with removal_policy: Delete, got Retain, by which nothing is deleted; write removal_policy: Delete, or leave out drain"]),
    "drain and a removal policy that is none": (domain("removal_policy: Destroy, drain: {}"), ["1: domain.removal_policy: must be Retain or Delete, got 'Destroy'"]),
    "drain as a switch": (domain("removal_policy: Delete, drain: true"), ["1: domain.drain: must be keys with values, got true"]),
    "drain without a value": (domain("removal_policy: Delete, drain: "), ["1: domain.drain: must have a value, got nothing; write one, or leave the key out"]),
    "drain with a key that is none": (domain("removal_policy: Delete, drain: {delete_spaces: true}"), ["1: domain.drain.delete_spaces: is not a key here; did you mean 'delete_user_spaces'?"]),
    "drain that may delete perhaps": (domain("removal_policy: Delete, drain: {delete_user_spaces: maybe}"), ["1: domain.drain.delete_user_spaces: must be true or false, got 'maybe'"]),
    "region without domains": (domain("account: '123456789012', region: ca-west-1"), ["1: domain: AWS::SageMaker::Domain must be in a region where CloudFormation has it, got ca-west-1; deploy the stack to another region"]),
    "VPC without a value": (domain("vpc:"), ["1: domain.vpc: must have a value, got nothing; write one, or leave the key out"]),
    "types without a value": (domain("instance_types:"), ["1: domain.instance_types: must have a value, got nothing; write one, or leave the key out"]),
    "key with a made-up id": (domain("encryption: {key_arn: 'arn:aws:kms:eu-west-1:123456789012:key/x'}"), ["1: domain.encryption.key_arn: must be the ARN of a key, arn:aws:kms:REGION:ACCOUNT:key/ID, got 'arn:aws:kms:eu-west-1:123456789012:key/x'"]),
    "key of another region": (domain(f"account: '123456789012', region: eu-west-1, encryption: {{key_arn: 'arn:aws:kms:us-east-1:123456789012:key/{KEY}'}}"), ["1: domain.encryption.key_arn: must be in the domain's region eu-west-1, got one in us-east-1; write the ARN of a key of that region"]),
    "same subnet twice": (domain("vpc: {vpc_id: vpc-0a1b2c3d, subnet_ids: [subnet-0a1b2c3d, subnet-0a1b2c3d]}"), ["1: domain.vpc.subnet_ids: must differ from each other, got 'subnet-0a1b2c3d' twice; write each once"]),
    # the network of the domain
    "network beside a VPC": ("domain:\n  name: research\n  vpc: {vpc_id: vpc-0a1b2c3d, subnet_ids: [subnet-0a1b2c3d]}\n  network: {nat_gateways: 1}", ["4: domain.network: must be left out beside vpc, a network that exists, got both; leave out one of the two"]),
    "network without a value": (domain("network:"), ["1: domain.network: must have a value, got nothing; write one, or leave the key out"]),
    "key of a network": (domain("network: {nat: 1}"), ["1: domain.network.nat: is not a key here; keys are features, ip_address_type, nat_gateways"]),
    "feature that is nearly one": (domain("network: {features: [MLFOW, mlflow]}"), ["1: domain.network.features[0]: must be a name that is known here, got 'MLFOW'; did you mean 'MLFLOW'?", "1: domain.network.features[1]: must be a name that is known here, got 'mlflow'; did you mean 'MLFLOW'?"]),
    "feature that every Studio has": (domain("network: {features: [CORE]}"), [f"1: domain.network.features[0]: must be a name that is known here, got 'CORE'; write one of {', '.join(FEATURES)}"]),
    "feature twice": (domain("network: {features: [ECR, EMR, ECR]}"), ["1: domain.network.features: must differ from each other, got 'ECR' twice; write it once"]),
    "features as text": (domain("network: {features: ECR}"), ["1: domain.network.features: must be a list, got 'ECR'; write its items as [a, b] or each after a hyphen"]),
    "features past the VPC": ("domain:\n  name: research\n  network_access: PublicInternetOnly\n  network:\n    nat_gateways: 0\n    features: [ECR]", ["6: domain.network.features: must come with network_access: VpcOnly, got PublicInternetOnly, where they have no effect; write network_access: VpcOnly, or leave out features"]),
    "NAT gateways past the VPC": ("domain:\n  name: research\n  network_access: PublicInternetOnly\n  network: {nat_gateways: 2}", ["4: domain.network.nat_gateways: must come with network_access: VpcOnly, got PublicInternetOnly, where they have no effect; write network_access: VpcOnly, or leave out nat_gateways"]),
    "more NAT gateways than zones": (domain("network: {nat_gateways: 3}"), ["1: domain.network.nat_gateways: must be 2 or less, got 3"]),
    "NAT gateways below none": (domain("network: {nat_gateways: -1}"), ["1: domain.network.nat_gateways: must be 0 or more, got -1"]),
    "NAT gateways as a switch": (domain("network: {nat_gateways: true}"), ["1: domain.network.nat_gateways: must be a whole number without quotes, got true"]),
    "addresses": (domain("network: {ip_address_type: IPV6}"), ["1: domain.network.ip_address_type: must be IPV4 or DUALSTACK, got 'IPV6'"]),
    # what is hidden, and Docker
    "hidden app": (domain("hidden: {apps: [RStudio]}"), ["1: domain.hidden.apps[0]: must be a name that is known here, got 'RStudio'; did you mean 'RStudioServerPro'?"]),
    "hidden app that is always hidden": (domain("hidden: {apps: [JupyterServer]}"), ["1: domain.hidden.apps[0]: must be a name that is known here, got 'JupyterServer'; did you mean 'JupyterLab'?"]),
    "hidden app that resembles none": (domain("hidden: {apps: [Quux]}"), ["1: domain.hidden.apps[0]: must be a name that is known here, got 'Quux'; write one of Canvas, CodeEditor, DetailedProfiler, JupyterLab, RStudioServerPro, TensorBoard"]),
    "hidden tool in the case of Python": (domain("hidden: {tools: [JUMPSTART]}"), ["1: domain.hidden.tools[0]: must be a name that is known here, got 'JUMPSTART'; did you mean 'JumpStart'?"]),
    "hidden tool twice": (domain("hidden: {tools: [Models, Models]}"), ["1: domain.hidden.tools: must differ from each other, got 'Models' twice; write it once"]),
    "hidden version that YAML reads as a number": (domain("hidden: {image_versions: [1.0]}"), ["1: domain.hidden.image_versions[0]: must be text, got 1.0; put it in quotes"]),
    "hidden version of three parts": (domain("hidden: {image_versions: ['1.0.0']}"), ["1: domain.hidden.image_versions[0]: must be a version MAJOR.MINOR in quotes, '2.1' say, got '1.0.0'"]),
    "too many hidden versions": (domain(f"hidden: {{image_versions: {[f'1.{minor}' for minor in range(21)]}}}"), ["1: domain.hidden.image_versions: must have at most 20, got 21"]),
    "Docker as a switch": (domain("docker: true"), ["1: domain.docker: must be keys with values, got true"]),
    "trusted account without quotes": (domain("docker: {trusted_accounts: [123456789012]}"), ["1: domain.docker.trusted_accounts[0]: must be text, got 123456789012; put it in quotes"]),
    "short trusted account": (domain("docker: {trusted_accounts: ['1234']}"), ["1: domain.docker.trusted_accounts[0]: must be 12 digits in quotes, got '1234'"]),
    "trusted account twice": (domain("docker: {trusted_accounts: ['123456789012', '123456789012']}"), ["1: domain.docker.trusted_accounts: must differ from each other, got '123456789012' twice; write it once"]),
    "too many trusted accounts": (domain(f"docker: {{trusted_accounts: {[f'{number:012}' for number in range(21)]}}}"), ["1: domain.docker.trusted_accounts: must have at most 20, got 21"]),
    "trusted accounts past the VPC": ("domain:\n  name: research\n  network_access: PublicInternetOnly\n  docker:\n    trusted_accounts: ['123456789012']", ["5: domain.docker.trusted_accounts: must come with network_access: VpcOnly, got PublicInternetOnly, where they have no effect; write network_access: VpcOnly, or leave out trusted_accounts"]),
    # images
    "image without a tag": (image(""), ["1: domain.images[0]: must have a tag or a digest, got none; write one of the two"]),
    "image with a tag and a digest": (image(f"tag: '2.1', digest: 'sha256:{'0' * 64}'"), ["1: domain.images[0]: must have a tag or a digest, got both; write one of the two"]),
    "tag that YAML reads as a number": (image("tag: 2.1"), ["1: domain.images[0].tag: must be text, got 2.1; put it in quotes"]),
    "tag that moves": ("domain:\n  name: research\n  images:\n  - name: team\n    repository: ml/team\n    tag: latest", ["6: domain.images[0].tag: must be one that stays with its image, got 'latest': CloudFormation would never make a new version of it; write a tag for each build, or a digest in place of it"]),
    "tag with a colon": (image("tag: 'team:2'"), ["1: domain.images[0].tag: must be a tag of letters, digits, dots, hyphens and underscores, got 'team:2'"]),
    "tag that is too long for its repository": (domain(f"images: [{{name: team, repository: {'r' * 200}, tag: {'t' * 11}}}]"), ["1: domain.images[0].repository: must be at most 210 characters together, got 211; write a shorter tag, in place of a digest too, or name a repository with a shorter name"]),
    "repository that is too long for a digest": (domain(f"images: [{{name: team, repository: {'r' * 140}, digest: 'sha256:{'0' * 64}'}}]"), ["1: domain.images[0].repository: must be at most 210 characters together, got 211; write a shorter tag, in place of a digest too, or name a repository with a shorter name"]),
    "digest without its kind": (image(f"digest: '{'a' * 64}'"), [f"1: domain.images[0].digest: must be sha256: with 64 hexadecimal digits, got '{'a' * 64}'"]),
    "repository by its address": (domain("images: [{name: team, tag: '1', repository: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/team:1}]"), ["1: domain.images[0].repository: must be the name of a repository in the domain's account and region, ml/team say, got '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team:1'"]),
    "repository of one letter": (domain("images: [{name: team, tag: '1', repository: t}]"), ["1: domain.images[0].repository: must have at least 2, got 1"]),
    "image name": (domain("images: [{name: Team, repository: team, tag: '1'}]"), ["1: domain.images[0].name: must be 1..52 lower case letters and digits with single inner hyphens, got 'Team'"]),
    "image name that is too long": (domain(f"images: [{{name: {'a-' * 26}a, repository: team, tag: '1'}}]"), ["1: domain.images[0].name: must have at most 52, got 53"]),
    "image with a name that means another": (domain("images: [{name: gpu, repository: team, tag: '1'}]"), ["1: domain.images[0].name: must not be 'gpu', which the stacks use themselves; choose another name"]),
    "same image twice": (domain("images: [{name: team, repository: a1, tag: '1'}, {name: team, repository: b1, tag: '1'}]"), ["1: domain.images[1].name: must be unique whatever its case, got 'team' beside 'team'; rename one"]),
    "image for no app": (image("tag: '1', apps: []"), ["1: domain.images[0].apps: must have at least 1, got 0"]),
    "image for an app that is none": (image("tag: '1', apps: [JupyterLab, Canvas]"), ["1: domain.images[0].apps[1]: must be JupyterLab or CodeEditor, got 'Canvas'"]),
    "image for an app twice": (image("tag: '1', apps: [JupyterLab, JupyterLab]"), ["1: domain.images[0].apps: must differ from each other, got 'JupyterLab' twice; write it once"]),
    "more images than an app takes": (domain("images: [" + ", ".join(f"{{name: i{number}, repository: team, tag: '1'}}" for number in range(201)) + "]"), ["1: domain.images: must be at most 200, got 201; write fewer"]),
    "image that is nearly offered": (offers("image: taem"), ["2: users[0].spaces[0].image: must be cpu, gpu, one of domain.images, or the ARN of an image or an image version, got 'taem'; did you mean 'team'?"]),
    "image that is not offered": (space("image: vision"), ["2: users[0].spaces[0].image: must be cpu, gpu, one of domain.images, or the ARN of an image or an image version, got 'vision'; add it to domain.images"]),
    "image of another app": (offers("image: team"), ["2: users[0].spaces[0].image: must be one for JupyterLab, got 'team', which is not; add JupyterLab to its apps"]),
    "image that is not offered in a shared space": (shared("owner: alice, image: team"), ["3: shared_spaces[0].image: must be cpu, gpu, one of domain.images, or the ARN of an image or an image version, got 'team'; add it to domain.images"]),
    "image that is offered and wrong": (f"{image('tag: latest')}\nusers: [{{name: alice, spaces: [{{name: lab, app: JupyterLab, image: team}}]}}]", ["1: domain.images[0].tag: must be one that stays with its image, got 'latest': CloudFormation would never make a new version of it; write a tag for each build, or a digest in place of it"]),
    # scripts
    "script that is not there": (f"{DOMAIN[:-2]},\n  scripts: [{{name: setup,\n    file: none.sh, run: Always}}]}}", ["3: domain.scripts[0].file: must be a file that can be read, got 'none.sh', No such file or directory; write the path of a script from the folder of this file"]),
    "script with a name that no file has": (script(r'file: "set\0up.sh", run: Always'), ["1: domain.scripts[0].file: must be a path without NUL, got 'set\\x00up.sh'; write the path of a script from the folder of this file"]),
    "script in another encoding": (script("file: latin.sh, run: Always"), ["1: domain.scripts[0].file: must be a file in UTF-8, got 'latin.sh'; write the path of a script from the folder of this file"]),
    "script that names no shell": (script("file: bare.sh, run: Always"), ["1: domain.scripts[0].file: must begin with #!/ and the path of what runs it, got 'echo hello'; begin it with #!/bin/bash, and let it fetch from a bucket what is long"]),
    "script without a file": (script("run: Always"), ["1: domain.scripts[0].file: must be given, got nothing; add it"]),
    "script that runs nobody knows when": (script("file: setup.sh"), ["1: domain.scripts[0].run: must be given, got nothing; add it"]),
    "script that runs never": (script("file: setup.sh, run: Never"), ["1: domain.scripts[0].run: must be Always, Default or Offered, got 'Never'"]),
    "script name": (domain("scripts: [{name: set_up, file: setup.sh, run: Always}]"), ["1: domain.scripts[0].name: must be 1..32 letters, digits and inner hyphens, got 'set_up'"]),
    "script name that is too long": (domain(f"scripts: [{{name: {'a-' * 16}a, file: setup.sh, run: Always}}]"), ["1: domain.scripts[0].name: must have at most 32, got 33"]),
    "same script twice": (domain("scripts: [{name: setup, file: setup.sh, run: Always}, {name: Setup, file: setup.sh, run: Offered}]"), ["1: domain.scripts[1].name: must be unique whatever its case, got 'Setup' beside 'setup'; rename one"]),
    "two scripts that always run": ("domain:\n  name: research\n  scripts:\n  - {name: setup, file: setup.sh, run: Always, apps: [CodeEditor]}\n  - {name: more, file: setup.sh, run: Always}", ["5: domain.scripts[1].run: must be Always for one script of CodeEditor, got 'more' beside 'setup'; make one script of the two"]),
    "two default scripts": (domain("scripts: [{name: a, file: setup.sh, run: Default}, {name: b, file: setup.sh, run: Default}]"), ["1: domain.scripts[1].run: must be Default for one script of JupyterLab, got 'b' beside 'a'; make one script of the two"]),
    "more scripts than an app takes": (domain("scripts: [" + ", ".join(f"{{name: s{number}, file: setup.sh, run: Offered}}" for number in range(31)) + "]"), ["1: domain.scripts: must be at most 30, got 31; write fewer"]),
    "script that is nearly offered": (offers("script: vin"), ["2: users[0].spaces[0].script: must be one of domain.scripts, got 'vin'; did you mean 'vim'?"]),
    "script that is not offered": (space("script: setup"), ["2: users[0].spaces[0].script: must be one of domain.scripts, got 'setup'; add it to domain.scripts"]),
    "script that runs anyway": (offers("script: setup"), ["2: users[0].spaces[0].script: must be a script that does not always run, got 'setup'; leave it out, it runs anyway"]),
    "script of another app": (offers("script: vim"), ["2: users[0].spaces[0].script: must be one for JupyterLab, got 'vim', which is not; add JupyterLab to its apps"]),
    # users
    "user name": (DOMAIN + "users: [{name: alice@example.com}]", [f"2: users[0].name: {NAME_FORM}, got 'alice@example.com'"]),
    "name that YAML reads as false": (DOMAIN + "users: [{name: no}]", ["2: users[0].name: must be text, got false; put it in quotes"]),
    "name of the stack's own": (DOMAIN + "users: [{name: Default}]", ["2: users[0].name: must not be 'Default', which the stacks use themselves; choose another name"]),
    "name of the CDK's own": (DOMAIN + "users: [{name: BootstrapVersion}]", ["2: users[0].name: must not be 'BootstrapVersion', which the stacks use themselves; choose another name"]),
    "user with the name of the drain": (DOMAIN + "users: [{name: Drain}]", ["2: users[0].name: must not be 'Drain', which the stacks use themselves; choose another name"]),
    "a drain counts too": (many_users(90, 1).replace("research}", "research, removal_policy: Delete, drain: {}}"), ["2: users: must be at most 450 resources in research-users-1, got 467; the first 86 of the 90 users fit with the shared spaces, leave out the others or some spaces, or let users share one of the roles"]),
    "users as keys": (DOMAIN + "users: {alice: {}}", ["2: users: must be a list, got keys with values; write its items as [a, b] or each after a hyphen"]),
    "user as text": (DOMAIN + "users: [alice]", ["2: users[0]: must be keys with values, got 'alice'"]),
    "three names alike": (DOMAIN + "users: [{name: a}, {name: a}, {name: A}]", ["2: users[1].name: must be unique whatever its case, got 'a' beside 'a'; rename one", "2: users[2].name: must be unique whatever its case, got 'A' beside 'a'; rename one"]),
    "name of a mapping of ours": (DOMAIN + "users: [{name: SageMakerDistributionAccounts}]", ["2: users[0].name: must not be 'SageMakerDistributionAccounts', which the stacks use themselves; choose another name"]),
    "shared spaces count too": (many_users(90, 1) + "shared_spaces:\n" + "".join(f"- {{name: s{i}, owner: u0, app: JupyterLab}}\n" for i in range(3)), ["2: users: must be at most 450 resources in research-users-1, got 453; the first 89 of the 90 users fit with the shared spaces, leave out the others or some spaces, or let users share one of the roles"]),
    "remote access counts too": (many_users(91, 0).replace("research}", "research, remote_access: true}"), ["2: users: must be at most 450 resources in research-users-1, got 455; the first 90 of the 91 users fit with the shared spaces, leave out the others or some spaces, or let users share one of the roles"]),
    "more users than outputs": (DOMAIN + "roles: [{name: team}]\nusers:\n" + "".join(f"- {{name: u{i}, role: team}}\n" for i in range(203)), ["3: users: must be at most 200 users in research-users-1, got 203, with an output for each; leave out 3 of them"]),
    "owner in another case": (shared("owner: ALICE"), ["3: shared_spaces[0].owner: must be one of the users, got 'ALICE'; did you mean 'alice'?"]),
    "same user twice": (DOMAIN + "users:\n- name: alice\n- name: Alice", ["4: users[1].name: must be unique whatever its case, got 'Alice' beside 'alice'; rename one"]),
    "SSO user in an IAM domain": (user("sso_user: alice"), ["2: users[0].sso_user: must be left out in a domain with AuthMode.IAM, got 'alice'; users have one if domain.auth_mode is SSO, and only then"]),
    "no SSO user": ("domain: {name: research, auth_mode: SSO}\nusers: [{name: alice}]", ["2: users[0].sso_user: must be given in a domain with AuthMode.SSO, got none; users have one if domain.auth_mode is SSO, and only then"]),
    "too many users": (many_users(91, 1), ["2: users: must be at most 450 resources in research-users-1, got 455; the first 90 of the 91 users fit with the shared spaces, leave out the others or some spaces, or let users share one of the roles"]),
    # roles
    "role that is not declared": (user("role: team"), ["2: users[0].role: must be one of the roles, got 'team'; add it to roles"]),
    "role that is nearly declared": (team("{name: alice, role: tema}"), ["3: users[0].role: must be one of the roles, got 'tema'; did you mean 'team'?"]),
    "role as a list": (team("{name: alice, role: [team]}"), ["3: users[0].role: must be text, got a list; write a single text"]),
    "role without a value": (team("{name: alice, role: }"), ["3: users[0].role: must have a value, got nothing; write one, or leave the key out"]),
    "roles by their names": (DOMAIN + "roles: [team]", ["2: roles[0]: must be keys with values, got 'team'"]),
    "role without a name": (DOMAIN + "roles: [{}]", ["2: roles[0].name: must be given, got nothing; add it"]),
    "role by its ARN": (DOMAIN + "roles: [{name: 'arn:aws:iam::123456789012:role/team'}]", [f"2: roles[0].name: {NAME_FORM}, got 'arn:aws:iam::123456789012:role/team'"]),
    "role of the stack's own": (DOMAIN + "roles: [{name: Exports}]", ["2: roles[0].name: must not be 'Exports', which the stacks use themselves; choose another name"]),
    "role with the name of the drain": (DOMAIN + "roles: [{name: Drain}]", ["2: roles[0].name: must not be 'Drain', which the stacks use themselves; choose another name"]),
    "role with the name of a user": (team("{name: Team, role: team}"), ["3: users[0].name: must be unique whatever its case, got 'Team' beside 'team'; rename one"]),
    "same role twice": (DOMAIN + "roles:\n- name: team\n- name: team", ["4: roles[1].name: must be unique whatever its case, got 'team' beside 'team'; rename one"]),
    "a finding of nobody": (f"{DOMAIN}acknowledgements: [{{finding: anything, reason: x}}]", ["2: acknowledgements[0].finding: must be a finding of StudioChecks, got 'anything'; write an id that make synth shows, without Studio::"]),
    "a finding that is misspelt": (f"{DOMAIN}acknowledgements: [{{finding: Studio-VpcOny, reason: x}}]", ["2: acknowledgements[0].finding: must be a finding of StudioChecks, got 'Studio-VpcOny'; did you mean 'Studio-VpcOnly'?"]),
    "a finding of another pack": (f"{DOMAIN}acknowledgements: [{{finding: AwsSolutions-S1, reason: x}}]", ["2: acknowledgements[0].finding: must be a finding of StudioChecks, got 'AwsSolutions-S1'; write an id that make synth shows, without Studio::"]),
    "a finding with its pack": (f"{DOMAIN}acknowledgements: [{{finding: 'Studio::Studio-VpcOnly', reason: x}}]", ["2: acknowledgements[0].finding: must be a finding of StudioChecks, got 'Studio::Studio-VpcOnly'; did you mean 'Studio-VpcOnly'?"]),
    "half a bracket": (f"{DOMAIN}acknowledgements: [{{finding: 'Studio-PassRole[x', reason: x}}]", ["2: acknowledgements[0].finding: must have the form Studio-NAME or Studio-NAME[DETAIL], got 'Studio-PassRole[x'; write it as make synth does"]),
    "a bracket alone": (f"{DOMAIN}acknowledgements: [{{finding: 'Studio-PassRole[', reason: x}}]", ["2: acknowledgements[0].finding: must have the form Studio-NAME or Studio-NAME[DETAIL], got 'Studio-PassRole['; write it as make synth does"]),
    "nothing in brackets": (f"{DOMAIN}acknowledgements: [{{finding: 'Studio-PassRole[]', reason: x}}]", ["2: acknowledgements[0].finding: must have the form Studio-NAME or Studio-NAME[DETAIL], got 'Studio-PassRole[]'; write it as make synth does"]),
    "a brace in brackets": (f"{DOMAIN}acknowledgements: [{{finding: 'Studio-PassRole[a(b]', reason: x}}]", ["2: acknowledgements[0].finding: must have the form Studio-NAME or Studio-NAME[DETAIL], got 'Studio-PassRole[a(b]'; write it as make synth does"]),
    "a finding without a reason": (f"{DOMAIN}acknowledgements: [{{finding: Studio-VpcOnly}}]", ["2: acknowledgements[0].reason: must be given, got nothing; add it"]),
    "an empty reason": (f"{DOMAIN}acknowledgements: [{{finding: Studio-VpcOnly, reason: ''}}]", ["2: acknowledgements[0].reason: must have at least 1, got 0"]),
    "remote access as text": (domain("remote_access: 'yes'"), ["1: domain.remote_access: must be true or false, got 'yes'"]),
    "remote access without a value": (domain("remote_access:"), ["1: domain.remote_access: must have a value, got nothing; write one, or leave the key out"]),
    # spaces
    "space without an app": (user("spaces: [{name: lab}]"), ["2: users[0].spaces[0].app: must be given, got nothing; add it"]),
    "app": (user("spaces: [{name: lab, app: Jupyter}]"), ["2: users[0].spaces[0].app: must be JupyterLab or CodeEditor, got 'Jupyter'"]),
    "app of Classic": (user("spaces: [{name: lab, app: KernelGateway}]"), ["2: users[0].spaces[0].app: must be of the modern Studio, got 'KernelGateway' of Studio Classic; use JupyterLab or CodeEditor, docs/classic-migration.md says how to come from Classic"]),
    "key of Classic": ("domain: {name: research, legacy: true}", ["1: domain.legacy: must be of the modern Studio, got 'legacy' of Studio Classic; use JupyterLab or CodeEditor, docs/classic-migration.md says how to come from Classic"]),
    "space name that a role has": (user("spaces: [{name: ExecutionRole, app: JupyterLab}]"), ["2: users[0].spaces[0].name: must not be 'ExecutionRole', which the stacks use themselves; choose another name"]),
    "same space twice": (user("spaces: [{name: lab, app: JupyterLab}]") + "\nshared_spaces: [{name: LAB, owner: alice, app: JupyterLab}]", ["3: shared_spaces[0].name: must be unique whatever its case, got 'LAB' beside 'lab'; rename one"]),
    "volume too small": (space("storage_gb: 2"), ["2: users[0].spaces[0].storage_gb: must be 5 or more, got 2"]),
    "volume with a unit": (space("storage_gb: 50 GB"), ["2: users[0].spaces[0].storage_gb: must be a whole number without quotes, got '50 GB'"]),
    "volume above the maximum": (space("storage_gb: 101"), ["2: users[0].spaces[0].storage_gb: must be at most 100 GiB, as the owner or the domain allows, got 101; write less, or raise domain.storage.maximum_gb"]),
    "idle off for one space": (space("idle_shutdown_minutes: off"), ["2: users[0].spaces[0].idle_shutdown_minutes: must be 60..525600 minutes, got off, which only the domain can say; write a long time"]),
    "image": (space("image: tpu"), ["2: users[0].spaces[0].image: must be cpu, gpu, one of domain.images, or the ARN of an image or an image version, got 'tpu'; did you mean 'gpu'?"]),
    "image by the ARN of an app": (space("image: 'arn:aws:sagemaker:eu-west-1:123456789012:app/foo'"), ["2: users[0].spaces[0].image: must be arn:PARTITION:sagemaker:REGION:ACCOUNT:image/NAME or :image-version/NAME/NUMBER with a lower case name, got 'arn:aws:sagemaker:eu-west-1:123456789012:app/foo'; write the ARN of an image or an image version"]),
    "image version without its number": (space("image: 'arn:aws:sagemaker:eu-west-1:123456789012:image-version/team'"), ["2: users[0].spaces[0].image: must be arn:PARTITION:sagemaker:REGION:ACCOUNT:image/NAME or :image-version/NAME/NUMBER with a lower case name, got 'arn:aws:sagemaker:eu-west-1:123456789012:image-version/team'; write the ARN of an image or an image version"]),
    "idle where the domain says off": ("domain: {name: research, idle_shutdown_minutes: off}\nusers: [{name: alice, spaces: [{name: lab, app: JupyterLab, idle_shutdown_minutes: 90}]}]", ["2: users[0].spaces[0].idle_shutdown_minutes: must be left out, got 90 minutes: it is disabled for the owner or the domain, and a space has only a time of its own; leave it out, or write a number of minutes for the domain in place of off"]),
    "image in a region that has none": ("domain: {name: research, account: '123456789012', region: eu-central-2}\nusers: [{name: alice, spaces: [{name: lab, app: JupyterLab, image: cpu}]}]", ["2: users[0].spaces[0].image: must be one that eu-central-2 has, got SageMaker Distribution, whose account there AWS does not publish; write an image that fits the instance_type and the region: cpu, gpu, one of domain.images, or an ARN"]),
    "image without a value": (space("image:"), ["2: users[0].spaces[0].image: must have a value, got nothing; write one, or leave the key out"]),
    "two mistakes in a space": (space("image: cpu, instance_type: ml.g5.xlarge, storage_gb: 200"), ["2: users[0].spaces[0].image: must be the GPU one on ml.g5.xlarge, which has GPUs, got the CPU one; write an image that fits the instance_type and the region: cpu, gpu, one of domain.images, or an ARN", "2: users[0].spaces[0].storage_gb: must be at most 100 GiB, as the owner or the domain allows, got 200; write less, or raise domain.storage.maximum_gb"]),
    "image on the wrong machine": (space("image: cpu, instance_type: ml.g5.xlarge"), ["2: users[0].spaces[0].image: must be the GPU one on ml.g5.xlarge, which has GPUs, got the CPU one; write an image that fits the instance_type and the region: cpu, gpu, one of domain.images, or an ARN"]),
    "type that is not allowed": ("domain: {name: research, instance_types: [ml.t3.medium]}\nusers: [{name: alice, spaces: [{name: lab, app: JupyterLab, instance_type: ml.m5.large}]}]", ["2: users[0].spaces[0].instance_type: must be one that the domain allows (ml.t3.medium), got 'ml.m5.large'; write one of these, or add it to domain.instance_types"]),
    "owner who is not there": (shared("owner: alise"), ["3: shared_spaces[0].owner: must be one of the users, got 'alise'; did you mean 'alice'?"]),
    "owner who resembles nobody": (shared("owner: zoe"), ["3: shared_spaces[0].owner: must be one of the users, got 'zoe'; add that user"]),
    "shared space without an owner": (shared(""), ["3: shared_spaces[0].owner: must be given, got nothing; add it"]),
    "member who is not there": (shared("owner: alice, members: [alise, zoe]"), ["3: shared_spaces[0].members[0]: must be one of the users, got 'alise'; did you mean 'alice'?", "3: shared_spaces[0].members[1]: must be one of the users, got 'zoe'; add that user"]),
    "member who shares a role": (team("{name: alice}, {name: bob, role: team}") + "\nshared_spaces: [{name: churn, owner: alice, members: [alice, bob], app: JupyterLab}]", ["4: shared_spaces[0].members[1]: must be a user without a role, got 'bob', whom IAM cannot tell from others with 'team'; leave out this member, or users[1].role"]),
    "member twice": (shared("owner: alice, members: [alice, alice]"), ["3: shared_spaces[0].members[1]: must be given once, got 'alice' twice; leave out one of the two"]),
    "members as text": (shared("owner: alice, members: alice"), ["3: shared_spaces[0].members: must be a list, got 'alice'; write its items as [a, b] or each after a hyphen"]),
    "member that is no text": (shared("owner: alice, members: [1, {name: alice}]"), ["3: shared_spaces[0].members[0]: must be text, got 1; put it in quotes", "3: shared_spaces[0].members[1]: must be text, got keys with values; write a single text"]),
    "members without a value": (shared("owner: alice, members: "), ["3: shared_spaces[0].members: must have a value, got nothing; write one, or leave the key out"]),
    "members of a private space": (space("members: [alice]"), ["2: users[0].spaces[0].members: is not a key here; keys are app, idle_shutdown_minutes, image, instance_type, name, script, storage_gb"]),
    "more spaces than a policy names": (domain("remote_access: true") + "\nusers: [{name: alice, spaces: [" + ", ".join(f"{{name: {'x' * 60}{i}, app: JupyterLab}}" for i in range(10, 45)) + "]}]", ["2: users[0].spaces[34]: must be few enough for a policy of 6144 characters to name those of user 'alice', got 6266; write fewer spaces or members"]),
    "shared Code Editor": (DOMAIN + "users: [{name: alice}]\nshared_spaces: [{name: churn, owner: alice, app: CodeEditor}]", ["3: shared_spaces[0].app: must be JupyterLab in a shared space, got CodeEditor, which SageMaker does not share; write JupyterLab, or give the space to one user"]),
    # tags
    "tags that differ in case": (DOMAIN + "tags: {team: a, Team: b}", ["2: tags: tags must not differ in case only, got 'Team' beside 'team'; IAM takes both for one, drop one"]),
    "too many tags": (DOMAIN + "tags: {" + ", ".join(f"t{i}: x" for i in range(46)) + "}", ["2: tags: must have at most 45, got 46"]),
    "tag that is a number": (DOMAIN + "tags: {cost: 42}", ["2: tags.cost: must be text, got 42; put it in quotes"]),
    "three bad tags": (DOMAIN + "tags: {a: '', 'b,': x, 'aws:c': x}", ["2: tags: tags must not start with 'aws:', got 'aws:c'; that prefix belongs to AWS, choose another key", "2: tags: the key of a tag must be 1..128 letters, digits, spaces and _.:/=+-@, got 'b,'; change the key, CloudFormation takes no other characters", "2: tags: the value of a tag must be 1..128 letters, digits, spaces and _.:/=+-@, got ''; change the value, CloudFormation takes no other characters"]),
    "empty tag": (DOMAIN + "tags: {cost: ''}", ["2: tags: the value of a tag must be 1..128 letters, digits, spaces and _.:/=+-@, got ''; change the value, CloudFormation takes no other characters"]),
    # everything at once
    "many": (
        "domain:\n  nam: research\n  home_efs: maybe\nusers:\n- name: alice\n- name: ALICE\n  space: []\nshared_spaces:\n- {name: churn, owner: bob, app: JupyterLab}",
        [
            "1: domain.name: must be given, got nothing; add it",
            "2: domain.nam: is not a key here; did you mean 'name'?",
            "3: domain.home_efs: must be true or false, got 'maybe'",
            "6: users[1].name: must be unique whatever its case, got 'ALICE' beside 'alice'; rename one",
            "7: users[1].space: is not a key here; did you mean 'spaces'?",
            "9: shared_spaces[0].owner: must be one of the users, got 'bob'; add that user",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_fails_with_one_line_for_each_mistake(name: str, tmp_path: Path) -> None:
    text, lines = WRONG[name]
    path = written(tmp_path, text)
    for file, content in FILES.items():
        (tmp_path / file).write_bytes(content)

    with pytest.raises(SettingsError) as refusal:
        studio_app(path, tmp_path / "out")

    assert str(refusal.value).replace(f"{path}:", "").replace(f"{tmp_path}/", "").strip().splitlines() == lines


def test_fails_when_there_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(
        SettingsError, match=r"cannot be read: No such file or directory; name another file with CONFIG="
    ):
        studio_app(tmp_path / "none.yaml", tmp_path / "out")
