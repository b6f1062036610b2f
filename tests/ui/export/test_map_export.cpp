#include "tests/fakes/sample_frame.h"
#include "ui/canvas/legend.h"
#include "ui/canvas/map_scene.h"
#include "ui/canvas/map_text.h"
#include "ui/export/map_export.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>
#include <QXmlStreamReader>

#include <memory>

using namespace portolan;
using namespace portolan::ui;

namespace {

QByteArray contentOf(const QString &file)
{
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
}

/// Every text of an SVG, one a line; "" where it is not well-formed.
QString textsOf(const QByteArray &svg)
{
    QXmlStreamReader reader(svg);
    QString texts;
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement() && reader.name() == QLatin1String("text"))
            texts += reader.readElementText() + QLatin1Char('\n');
    }
    return reader.hasError() ? QString() : texts;
}

} // namespace

class TestMapExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_fonts = mapFontsFrom(lightTheme()); }
    void svgHasEveryLabel();
    void svgEscapesHostileNames();
    void svgIsDrawnByOthers();
    void recordingSaysSo();
    void koreanTextSurvives();
    void pdfFitsItsPage();
    void pngHasItsSize();
    void legendCanBeLeftOut();
    void selectionDrawsOnlyItself();
    void selectedLineBringsItsEnds();
    void sameInputGivesSameFile();
    void otherThreadsMayExport();
    void cancelLeavesNoFile();
    void errorsNameTheirReason();
    void suffixDecidesFormat();

private:
    QString file(const char *name) const { return m_directory.filePath(QLatin1String(name)); }
    Result<void> exported(const TopologyFramePtr &frame, const QString &to,
                          const ExportOptions &options) const
    {
        return exportMap(frame, lightTheme(), options, to, formatOf(to));
    }
    ExportOptions options() const
    {
        ExportOptions result;
        result.now = fakes::sampleNow();
        return result;
    }
    QString svgTexts(const TopologyFramePtr &frame, const ExportOptions &with) const
    {
        return exported(frame, file("t.svg"), with) ? textsOf(contentOf(file("t.svg"))) : QString();
    }

    MapFonts m_fonts;
    QTemporaryDir m_directory;
};

void TestMapExport::svgHasEveryLabel()
{
    const TopologyFramePtr frame = fakes::sampleFrame(m_fonts);
    const QString texts = svgTexts(frame, options());
    QVERIFY(!texts.isEmpty());
    const auto has = [&texts](const QString &text) { return texts.contains(text); };
    for (const GraphNode &node : frame->graph->nodes) {
        const QString label = plainLine(isPill(node.kind) ? pillText(node, m_fonts) : node.label);
        QVERIFY2(has(label), qPrintable(label));
    }
    for (const GraphGroup &group : frame->graph->groups)
        QVERIFY2(has(plainLine(group.label)), group.label.c_str());
    for (const GraphEdge &edge : frame->graph->edges)
        QVERIFY2(has(plainLine(edgeLabel(edge))), edgeLabel(edge).c_str());
    for (const LegendEntry &entry : legendEntries(*prepareScene(frame, lightTheme(), m_fonts)))
        QVERIFY2(has(entry.text), qPrintable(entry.text));
    for (const char *part : {"prod-eu1", "2026-11-22 14:32:07 UTC", "5 of 6 namespaces", "3 finished pods"})
        QVERIFY2(has(QLatin1String(part)), part);
}

void TestMapExport::svgEscapesHostileNames()
{
    fakes::SampleOptions hostile;
    hostile.contextName = "</text><script>alert(1)</script>&\"'";
    hostile.longName = "<image href='x'/>&amp;";
    QVERIFY(exported(fakes::sampleFrame(m_fonts, hostile), file("h.svg"), options()));
    const QByteArray svg = contentOf(file("h.svg"));
    QVERIFY(!svg.contains("<script") && !svg.contains("<image"));
    const QString texts = textsOf(svg);
    QVERIFY(texts.contains(QString::fromStdString(hostile.contextName)));
    QVERIFY(texts.contains(QString::fromStdString(hostile.longName)));
}

void TestMapExport::svgIsDrawnByOthers()
{
    QVERIFY(exported(fakes::sampleFrame(m_fonts), file("r.svg"), options()));
    QSvgRenderer renderer(file("r.svg"));
    QVERIFY(renderer.isValid());
    QVERIFY(renderer.viewBoxF().width() > 1'200 && renderer.viewBoxF().height() > 700);
}

void TestMapExport::recordingSaysSo()
{
    fakes::SampleOptions demo;
    demo.source = SourceKind::Demo;
    const QString texts = svgTexts(fakes::sampleFrame(m_fonts, demo), options());
    QVERIFY2(texts.contains(QStringLiteral("nothing here is live")), qPrintable(texts));
    QVERIFY(!svgTexts(fakes::sampleFrame(m_fonts), options()).contains(QStringLiteral("nothing here")));
}

void TestMapExport::koreanTextSurvives()
{
    fakes::SampleOptions korean;
    korean.contextName = "데모-클러스터";
    // Where the font changes, a line of text becomes two elements.
    QString texts = svgTexts(fakes::sampleFrame(m_fonts, korean), options());
    texts.remove(QLatin1Char('\n'));
    QVERIFY2(texts.contains(QString::fromStdString(korean.contextName)), qPrintable(texts));
}

void TestMapExport::pdfFitsItsPage()
{
    QVERIFY(exported(fakes::sampleFrame(m_fonts), file("p.pdf"), options()));
    const QByteArray pdf = contentOf(file("p.pdf"));
    QVERIFY(pdf.startsWith("%PDF-"));
    QVERIFY(pdf.trimmed().endsWith("%%EOF"));
    static const QRegularExpression page(QStringLiteral("/Type\\s*/Page\\b(?!s)"));
    QCOMPARE(QString::fromLatin1(pdf).count(page), 1);
    static const QRegularExpression box(QStringLiteral("/MediaBox \\[0 0 ([0-9.]+) ([0-9.]+)\\]"));
    const QRegularExpressionMatch match = box.match(QString::fromLatin1(pdf));
    QVERIFY(match.hasMatch());
    const Result<QImage> image = renderMap(fakes::sampleFrame(m_fonts), lightTheme(), options());
    QVERIFY(image);
    QVERIFY(std::abs(match.captured(1).toDouble() - image->width() / 2.0 * 0.75) < 1);
    QVERIFY(std::abs(match.captured(2).toDouble() - image->height() / 2.0 * 0.75) < 1);
}

void TestMapExport::pngHasItsSize()
{
    ExportOptions once = options(), thrice = options();
    once.scale = 1;
    thrice.scale = 3;
    QVERIFY(exported(fakes::sampleFrame(m_fonts), file("1.png"), once));
    QVERIFY(exported(fakes::sampleFrame(m_fonts), file("3.png"), thrice));
    const QImage small(file("1.png")), large(file("3.png"));
    QVERIFY(small.width() > 1'230);
    QCOMPARE(large.size(), small.size() * 3);
    QCOMPARE(small.pixelColor(1, 1), lightTheme().canvas);
}

void TestMapExport::legendCanBeLeftOut()
{
    ExportOptions without = options();
    without.withLegend = false;
    const QString texts = svgTexts(fakes::sampleFrame(m_fonts), without);
    QVERIFY(!texts.contains(QStringLiteral("pod ready")));
    QVERIFY(texts.contains(QStringLiteral("3 finished pods")));
}

void TestMapExport::selectionDrawsOnlyItself()
{
    const TopologyFramePtr frame = fakes::sampleFrame(m_fonts);
    ExportOptions part = options();
    part.withLegend = false;
    for (const GraphNode &node : frame->graph->nodes) {
        if (node.kind == NodeKind::Workload && (node.label == "web" || node.label == "checkout"))
            part.nodes.push_back(node.id);
    }
    QCOMPARE(part.nodes.size(), std::size_t(2));
    const QString texts = svgTexts(frame, part);
    for (const char *there : {"web", "checkout", "shop", "8080", "only what was selected"})
        QVERIFY2(texts.contains(QLatin1String(there)), there);
    for (const char *absent : {"redis", "payments", "catalog", "kube-system", "6379"})
        QVERIFY2(!texts.contains(QLatin1String(absent)), absent);
    const Result<QImage> whole = renderMap(frame, lightTheme(), options());
    const Result<QImage> small = renderMap(frame, lightTheme(), part);
    QVERIFY(whole && small && small->height() < whole->height() / 2);
}

void TestMapExport::selectedLineBringsItsEnds()
{
    const TopologyFramePtr frame = fakes::sampleFrame(m_fonts);
    ExportOptions part = options();
    part.withLegend = false;
    for (const GraphEdge &edge : frame->graph->edges) {
        if (edge.verdict == EdgeVerdict::Denied)
            part.edges.push_back(edge.id);
    }
    const QString texts = svgTexts(frame, part);
    for (const char *there : {"catalog", "ledger", "5432"})
        QVERIFY2(texts.contains(QLatin1String(there)), there);
    QVERIFY(!texts.contains(QStringLiteral("gateway")));
}

void TestMapExport::sameInputGivesSameFile()
{
    for (const char *name : {"a.svg", "b.svg", "a.png", "b.png"})
        QVERIFY(exported(fakes::sampleFrame(m_fonts), file(name), options()));
    QCOMPARE(contentOf(file("a.svg")), contentOf(file("b.svg")));
    QCOMPARE(contentOf(file("a.png")), contentOf(file("b.png")));
}

void TestMapExport::otherThreadsMayExport()
{
    const TopologyFramePtr frame = fakes::sampleFrame(m_fonts);
    const Theme theme = lightTheme();
    QVERIFY(exportMap(frame, theme, options(), file("here.svg"), ExportFormat::Svg));
    std::vector<std::unique_ptr<QThread>> threads;
    const QStringList files{file("t0.svg"), file("t1.svg"), file("t2.pdf")};
    for (const QString &to : files) {
        threads.emplace_back(QThread::create([&frame, &theme, to, with = options()] {
            const Result<void> done = exportMap(frame, theme, with, to, formatOf(to));
            Q_UNUSED(done)
        }));
        threads.back()->start();
    }
    for (const auto &thread : threads)
        QVERIFY(thread->wait());
    QCOMPARE(contentOf(files[0]), contentOf(file("here.svg")));
    QCOMPARE(contentOf(files[1]), contentOf(file("here.svg")));
    QVERIFY(contentOf(files[2]).startsWith("%PDF-"));
}

void TestMapExport::cancelLeavesNoFile()
{
    CancelSource source;
    source.cancel();
    const TopologyFramePtr frame = fakes::sampleFrame(m_fonts);
    for (const char *name : {"c.png", "c.svg", "c.pdf"}) {
        const Result<void> done =
            exportMap(frame, lightTheme(), options(), file(name), formatOf(file(name)), source.token());
        QVERIFY(!done && done.error().code == ErrorCode::Cancelled);
        QVERIFY(!QFile::exists(file(name)));
    }
    QVERIFY(QDir(m_directory.path()).entryList({QStringLiteral("c.*")}, QDir::Files).isEmpty());
}

void TestMapExport::errorsNameTheirReason()
{
    const QString nowhere = file("missing/directory/x.svg");
    const Result<void> io = exported(fakes::sampleFrame(m_fonts), nowhere, options());
    QVERIFY(!io && io.error().code == ErrorCode::Io);
    QCOMPARE(QString::fromStdString(io.error().where), nowhere);
    QVERIFY(!io.error().detail.empty());

    const Result<void> nothing = exported(nullptr, file("n.svg"), options());
    QVERIFY(!nothing && nothing.error().code == ErrorCode::NotFound);
    ExportOptions unknown = options();
    unknown.nodes = {NodeId{42}};
    QVERIFY(exported(fakes::sampleFrame(m_fonts), file("n.svg"), unknown).error().code ==
            ErrorCode::NotFound);

    ExportOptions huge = options();
    huge.scale = 500;
    const Result<void> large = exported(fakes::sampleFrame(m_fonts), file("l.png"), huge);
    QVERIFY(!large && large.error().code == ErrorCode::TooLarge);
    QVERIFY(large.error().detail.find("pixels") != std::string::npos);
    QVERIFY(!QFile::exists(file("l.png")));
}

void TestMapExport::suffixDecidesFormat()
{
    QCOMPARE(formatOf(QStringLiteral("a.SVG")), ExportFormat::Svg);
    QCOMPARE(formatOf(QStringLiteral("a.pdf")), ExportFormat::Pdf);
    QCOMPARE(formatOf(QStringLiteral("a.png")), ExportFormat::Png);
    QCOMPARE(formatOf(QStringLiteral("a")), ExportFormat::Png);
}

QTEST_MAIN(TestMapExport)
#include "test_map_export.moc"
