"""The AWS accounts that own the SageMaker Distribution images, by region.

From the region registries of sagemaker-core 2.27.0 (``sagemaker-distribution.json``); il-central-1, cn-* and
us-gov-* from https://docs.aws.amazon.com/sagemaker/latest/dg/code-editor-use-instances.html, which prints the
account of us-east-2 with a digit missing.
"""

DISTRIBUTION_ACCOUNTS = {
    "af-south-1": "238384257742",
    "ap-east-1": "523751269255",
    "ap-northeast-1": "010972774902",
    "ap-northeast-2": "064688005998",
    "ap-northeast-3": "564864627153",
    "ap-south-1": "245090515133",
    "ap-southeast-1": "022667117163",
    "ap-southeast-2": "648430277019",
    "ap-southeast-3": "370607712162",
    "ca-central-1": "481561238223",
    "cn-north-1": "674439102856",
    "cn-northwest-1": "651871951035",
    "eu-central-1": "545423591354",
    "eu-north-1": "175620155138",
    "eu-south-1": "810671768855",
    "eu-west-1": "819792524951",
    "eu-west-2": "021081402939",
    "eu-west-3": "856416204555",
    "il-central-1": "080319125002",
    "me-central-1": "358593528301",
    "me-south-1": "523774347010",
    "sa-east-1": "567556641782",
    "us-east-1": "885854791233",
    "us-east-2": "137914896644",
    "us-gov-east-1": "300993876623",
    "us-gov-west-1": "300992924816",
    "us-west-1": "053634841547",
    "us-west-2": "542918446943",
}
