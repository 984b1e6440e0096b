"""The moderator's desk: what changed, and every act on it with a reason. It owns no table."""
