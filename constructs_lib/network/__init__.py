"""How Studio reaches a network: its VPC, the endpoints in it, the access of its apps."""
