"""Where records and agendas meet the disk."""
