"""Who gets what: blueprints, rosters, papers, notebooks, and the course folder that holds them."""
