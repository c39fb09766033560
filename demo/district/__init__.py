"""The demonstration district: invented, deterministic, loaded through the public interfaces like any real one."""
