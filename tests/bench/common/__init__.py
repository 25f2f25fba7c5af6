"""The common case of other engines: five stages of two recorded activities, three signals from outside, an end."""
