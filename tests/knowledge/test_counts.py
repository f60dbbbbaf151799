from unknot.knowledge import load


def test_every_muscle_site_and_region_is_there():
    knowledge = load()
    assert (len(knowledge.muscles), len(knowledge.sites), len(knowledge.regions)) == (61, 122, 98)


def test_neighbours_are_mutual_and_only_areas_have_them():
    regions = load().regions
    for region in regions.values():
        assert bool(region.neighbours) == (region.shape == "area"), region.id
        for other in region.neighbours:
            assert region.id in regions[other].neighbours, (region.id, other)
