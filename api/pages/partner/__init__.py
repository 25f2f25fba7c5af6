"""Pages of receiving partners: on a phone, without an account, without JavaScript."""
