#include "model/graph/reach_matrix.h"
#include "tests/fakes/cluster_maker.h"

#include <QTest>

#include <algorithm>

using namespace portolan;
using namespace portolan::fakes;

namespace {

constexpr policy::Traffic http{policy::protocol::tcp, 80};
constexpr policy::Traffic other{policy::protocol::tcp, 81};

CellVerdict cell(const ReachMatrix &matrix, const std::string &from, const std::string &to)
{
    const auto place = [&](const std::string &name) {
        for (std::size_t i = 0; i < matrix.ends().size(); ++i) {
            if (matrix.ends()[i].object.name == name)
                return i;
        }
        throw std::runtime_error("no row " + name);
    };
    return matrix.at(place(from), place(to));
}

ReachMatrixPtr matrixOf(ClusterMaker &maker, std::optional<policy::Traffic> traffic)
{
    return ReachMatrix::make(
        *policy::PolicyModel::make(maker.state(), {.enforcer = policy::Enforcer::Generic}), traffic,
        CancelSource().token());
}

ClusterMaker threeWorkloads()
{
    ClusterMaker maker;
    maker.ns("a");
    maker.workload("Deployment", "a", "client", 2, {{"app", "client"}});
    maker.workload("Deployment", "a", "server", 2, {{"app", "server"}}, {{"http", 80, Protocol::Tcp}});
    maker.ns("b");
    maker.workload("Deployment", "b", "stranger", 1, {{"app", "stranger"}});
    return maker;
}

} // namespace

class TestReachMatrix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void likeOnesAreNeighbours()
    {
        ClusterMaker maker;
        maker.ns("a");
        maker.ns("b");
        for (const char *name : {"one", "three", "two", "zwei"})
            maker.workload("Deployment", "a", name, 1, {{"side", name[0] == 't' ? "left" : "right"}});
        maker.workload("Deployment", "b", "other", 1, {{"app", "other"}});
        maker.policy("a", "closed", withLabels({{"side", "left"}})).isolatesIngress = true;
        const ReachMatrixPtr matrix = matrixOf(maker, http);
        std::vector<std::string> names;
        for (const std::uint32_t place : matrix->similar())
            names.push_back(matrix->ends()[place].object.name);
        QCOMPARE(names.size(), matrix->ends().size());
        const auto at = [&](const char *name) {
            return std::find(names.begin(), names.end(), name) - names.begin();
        };
        QCOMPARE(std::abs(at("two") - at("three")), 1);
        QCOMPARE(std::abs(at("one") - at("zwei")), 1);
        QVERIFY(at("other") == 0 || at("other") == 4); // namespaces stay together
    }

    void workloadsOfAKindAreAnsweredAsEachByItself()
    {
        ClusterMaker maker;
        maker.ns("a");
        for (const char *name : {"single", "pair", "lone", "twins"})
            maker.workload("Deployment", "a", name, name[0] == 'p' || name[0] == 't' ? 2 : 1,
                           {{"app", "same"}});
        maker.workload("Deployment", "a", "else", 1, {{"app", "else"}});
        NetworkPolicy &policy = maker.policy("a", "same", withLabels({{"app", "same"}}));
        admit(policy, {podsLike({{"app", "else"}})});
        const ReachMatrixPtr matrix = matrixOf(maker, http);
        for (const char *from : {"single", "pair", "lone", "twins"}) {
            for (const char *to : {"single", "pair", "lone", "twins"}) {
                const bool isAlone = from == std::string(to) && from[0] != 'p' && from[0] != 't';
                QCOMPARE(cell(*matrix, from, to), isAlone ? CellVerdict::NoPods : CellVerdict::Denied);
            }
            QCOMPARE(cell(*matrix, "else", from), CellVerdict::Allowed);
        }
    }

    void wordsJoinWithoutLosingAPart()
    {
        using enum CellVerdict;
        QCOMPARE(joined(NoPods, Denied), Denied);
        QCOMPARE(joined(Allowed, NoPods), Allowed);
        QCOMPARE(joined(Allowed, Allowed), Allowed);
        QCOMPARE(joined(Allowed, Denied), Mixed);
        QCOMPARE(joined(Mixed, Allowed), Mixed);
        QCOMPARE(joined(Unknown, Allowed), Unknown);
        QCOMPARE(joined(Denied, Unknown), Unknown);
    }

    void withoutPoliciesAllIsAllowed()
    {
        ClusterMaker maker = threeWorkloads();
        const ReachMatrixPtr matrix = matrixOf(maker, std::nullopt);
        QCOMPARE(matrix->ends().size(), std::size_t(3));
        QCOMPARE(matrix->ends()[2].ns, std::string("b"));
        QCOMPARE(matrix->ends()[0].pods, 2U);
        QVERIFY(matrix->ends()[0].node.isValid());
        QCOMPARE(cell(*matrix, "client", "server"), CellVerdict::Allowed);
        QCOMPARE(cell(*matrix, "client", "client"), CellVerdict::Allowed);
        QCOMPARE(cell(*matrix, "stranger", "stranger"), CellVerdict::NoPods); // it has nobody to talk to
    }

    void aPortIsAskedAboutByItself()
    {
        ClusterMaker maker = threeWorkloads();
        NetworkPolicy &policy = maker.policy("a", "server", withLabels({{"app", "server"}}));
        admit(policy, {podsLike({{"app", "client"}})});
        policy.ingress.front().ports = {{Protocol::Tcp, PortRef(std::uint16_t(80)), {}}};
        QCOMPARE(cell(*matrixOf(maker, http), "client", "server"), CellVerdict::Allowed);
        QCOMPARE(cell(*matrixOf(maker, other), "client", "server"), CellVerdict::Denied);
        const ReachMatrixPtr any = matrixOf(maker, std::nullopt);
        QCOMPARE(cell(*any, "client", "server"), CellVerdict::Mixed);
        QCOMPARE(cell(*any, "stranger", "server"), CellVerdict::Denied);
        QCOMPARE(cell(*any, "server", "client"), CellVerdict::Allowed);
        // A pod reaches itself; the two of the server do not reach one another.
        QCOMPARE(cell(*any, "server", "server"), CellVerdict::Denied);
    }

    void podsThatDifferMakeAMixedCell()
    {
        ClusterMaker maker = threeWorkloads();
        maker.podsOf("a", "client")[0]->meta.labels = Labels({{"app", "client"}, {"canary", "yes"}});
        admit(maker.policy("a", "server", withLabels({{"app", "server"}})), {podsLike({{"canary", "yes"}})});
        QCOMPARE(cell(*matrixOf(maker, http), "client", "server"), CellVerdict::Mixed);
    }

    void whatIsCancelledGivesNothing()
    {
        ClusterMaker maker = threeWorkloads();
        CancelSource cancel;
        cancel.cancel();
        QVERIFY(!ReachMatrix::make(*policy::PolicyModel::make(maker.state()), http, cancel.token()));
    }
};

QTEST_GUILESS_MAIN(TestReachMatrix)
#include "test_reach_matrix.moc"
