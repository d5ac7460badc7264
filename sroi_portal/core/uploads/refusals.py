class UploadRefusedError(Exception):
    """The file is not kept; the message says why, fit for who sent it."""
