"""What stands under the portal on a bare machine: Python, libraries, servers, processes."""
