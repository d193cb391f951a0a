"""Makes ``python -m kg`` the same as ``kg``, for where the folder of commands is not in the path."""

from kg.cli import main

main(prog_name="kg")
