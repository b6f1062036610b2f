#include "ui/canvas/glide.h"

namespace portolan::ui {

namespace {

template<class Map>
void moveBack(Map &places, const Map &from, double share)
{
    const auto between = [share](double a, double b) { return a + (b - a) * share; };
    for (auto &[id, place] : places) {
        const auto before = from.find(id);
        if (before == from.end())
            continue;
        const Rect &was = before->second;
        place = {between(was.x, place.x), between(was.y, place.y), between(was.width, place.width),
                 between(was.height, place.height)};
    }
}

} // namespace

TopologyFramePtr frameBetween(const TopologyFrame &from, const TopologyFramePtr &to, double share)
{
    auto frame = std::make_shared<TopologyFrame>(*to);
    auto layout = std::make_shared<LayoutResult>(*to->layout);
    layout->edges.clear();
    moveBack(layout->nodes, from.layout->nodes, share);
    moveBack(layout->groups, from.layout->groups, share);
    frame->layout = std::move(layout);
    return frame;
}

} // namespace portolan::ui
