"""What a conference calendar is: plain records and pure functions. No Qt, no SQL, no parser."""
