#include "model/layout/graphviz/ordered_ids.h"

#include <map>
#include <string>

namespace portolan::layout {

namespace {

/// Of one graph.
struct Ids
{
    std::map<std::string, IDTYPE, std::less<>> ofName;
    std::map<IDTYPE, std::string> names;
    IDTYPE last = 0;
};

Ids &of(void *state)
{
    return *static_cast<Ids *>(state);
}

void *openIds(Agraph_t *, Agdisc_t *)
{
    return new Ids;
}

long mapName(void *state, int, char *name, IDTYPE *id, int create)
{
    Ids &ids = of(state);
    if (name) {
        if (const auto known = ids.ofName.find(name); known != ids.ofName.end()) {
            *id = known->second;
            return 1;
        }
    }
    if (!create)
        return 0;
    *id = ++ids.last;
    if (name) {
        ids.ofName[name] = *id;
        ids.names[*id] = name;
    }
    return 1;
}

long takeId(void *, int, IDTYPE)
{
    return 0; // nobody asks for an id of their own
}

void freeId(void *state, int, IDTYPE id)
{
    Ids &ids = of(state);
    if (const auto known = ids.names.find(id); known != ids.names.end()) {
        ids.ofName.erase(known->second);
        ids.names.erase(known);
    }
}

char *nameOf(void *state, int, IDTYPE id)
{
    Ids &ids = of(state);
    const auto known = ids.names.find(id);
    return known == ids.names.end() ? nullptr : known->second.data();
}

void closeIds(void *state)
{
    delete &of(state);
}

void nothing(void *, int, void *) {}

} // namespace

Agdisc_t *orderedIds()
{
    static Agiddisc_t ids{openIds, mapName, takeId, freeId, nameOf, closeIds, nothing};
    static Agdisc_t all{&AgMemDisc, &ids, &AgIoDisc};
    return &all;
}

} // namespace portolan::layout
