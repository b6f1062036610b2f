#include "ui/inspector/pages.h"

#include "ui/words/text.h"
#include "ui/words/words.h"

#include <QCoreApplication>

namespace portolan::ui {

namespace {

struct PageOf
{
    Q_DECLARE_TR_FUNCTIONS(PageOf)
};

InspectorContent gonePage(const QString &caption, const QString &heading)
{
    InspectorContent content;
    content.caption = caption;
    content.heading = heading;
    Section section;
    section.blocks.push_back(Remark{Tone::Muted, PageOf::tr("Not there any more"),
                                    PageOf::tr("It is not in the state of the cluster that is shown now.")});
    content.sections.push_back(section);
    return content;
}

/// An address that a probe asked, or anything else without an object.
InspectorContent bareObjectPage(const ObjectRef &object)
{
    if (object.type != "Address")
        return gonePage(words::kindText(object), words::refName(object));
    InspectorContent content;
    content.caption = PageOf::tr("Address");
    content.heading = words::refName(object);
    return content;
}

struct PageVisitor
{
    const PageContext &context;
    const std::string &path;
    const TopologyFrame &frame = *context.frame;

    InspectorContent operator()(const std::shared_ptr<const Pod> &pod) const
    {
        return podPage(context, *pod);
    }
    InspectorContent operator()(const std::shared_ptr<const Workload> &w) const
    {
        return workloadPage(context, *w);
    }
    InspectorContent operator()(const std::shared_ptr<const Service> &s) const
    {
        return servicePage(frame, *s);
    }
    InspectorContent operator()(const std::shared_ptr<const NetworkPolicy> &p) const
    {
        return policyPage(context, *p, path);
    }
    InspectorContent operator()(const std::shared_ptr<const Ingress> &i) const
    {
        return ingressPage(frame, *i);
    }
    InspectorContent operator()(const std::shared_ptr<const Node> &n) const { return nodePage(frame, *n); }
    InspectorContent operator()(const std::shared_ptr<const Namespace> &n) const
    {
        return namespacePage(frame, n->meta.name);
    }
    InspectorContent operator()(const std::shared_ptr<const EndpointSlice> &s) const
    {
        return slicePage(frame, *s);
    }
    InspectorContent operator()(const std::shared_ptr<const ClusterEvent> &e) const
    {
        return eventPage(frame, *e);
    }
    InspectorContent operator()(const std::shared_ptr<const ApiObject> &o) const
    {
        return otherPage(context, *o, path);
    }
};

InspectorContent objectPage(const PageContext &context, const Subject &subject)
{
    const TopologyFrame &frame = *context.frame;
    const ObjectRef &object = subject.object;
    if (const auto found = findObject(*frame.state, object))
        return std::visit(PageVisitor{context, subject.path}, *found);
    if (object.kind == ObjectKind::Namespace)
        return namespacePage(frame, object.name);
    return bareObjectPage(object);
}

} // namespace

InspectorContent pageOf(const Subject &subject, const PageContext &context)
{
    if (!context.frame || !context.frame->state)
        return {};
    if (!subject.isValid())
        return overviewPage(*context.frame);
    if (subject.pair)
        return pairPage(context, *subject.pair);
    if (!subject.edge.isValid())
        return objectPage(context, subject);
    const GraphEdge *edge = context.frame->graph ? context.frame->graph->edge(subject.edge) : nullptr;
    if (edge && edge->kind == EdgeKind::MachineLink)
        return linkPage(context, *edge);
    return edge ? edgePage(context, *edge) : gonePage(PageOf::tr("Connection"), PageOf::tr("Connection"));
}

} // namespace portolan::ui
