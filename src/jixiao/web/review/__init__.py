"""审核: the queue that reviewers work through, review sheets, decisions on many texts."""
