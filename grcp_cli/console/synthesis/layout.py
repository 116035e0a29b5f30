"""What stands where on the table's screen, and what gives way on a short and a tall terminal."""

LAYOUT = """
    Screen { layout: vertical; background: $background; }
    #title, #counts, #below { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    #title { text-style: bold; background: $panel; }
    #counts { color: $quiet; }
    Columns { height: 6; border-bottom: solid $panel; }
    #made { height: 1fr; }
    .-columns Columns { height: 1fr; }
    .-columns #made { height: 6; }
    .-tall Columns, .-tall.-columns Columns { height: 2fr; }
    .-tall #made, .-tall.-columns #made { height: 3fr; }
    Line { height: 2; border: none; padding: 0 1; background: $background; scrollbar-size: 0 0; }
    .-short Line { height: 1; }
    """
