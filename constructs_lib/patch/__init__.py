"""Sets what the SageMaker API has for a domain and CloudFormation lacks."""
