"""Jobs written in the transaction of the change that needs them: the only queue there is."""
