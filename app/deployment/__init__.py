"""Whether an installation is set up as it should be: `bdg check-deploy` names what is not."""
