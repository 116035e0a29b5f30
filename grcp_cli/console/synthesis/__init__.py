"""What may work across the regions: the sheet, what is proposed, and the person who decides."""
