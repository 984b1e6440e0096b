"""Speed and memory, each figure beside a named baseline measured in the same run."""
