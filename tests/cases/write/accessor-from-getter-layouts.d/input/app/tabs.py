from app.kind import Kind

_locked = None


def get_tabs():
	global _locked
	if _locked is None:
		_locked = Kind(1,
		  2)
	return _locked
