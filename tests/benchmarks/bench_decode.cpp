/// How fast pod lists become values: our Decoder against nlohmann's DOM and SAX, side by side, run after
/// run, so that a busy machine slows all of them alike. One JSON object a line; medians.
///
/// The DOM run takes fewer fields than the Decoder does, the SAX run only counts names: both are given
/// the easier task. Usage: bench_decode [RUNS [PODS [alone]]]; with
/// "alone" the Decoder runs by itself, for a profiler.

#include "model/cluster/decode.h"
#include "pod_pages.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <vector>

using namespace portolan;

namespace {

constexpr std::size_t podsAPage = 500;

using Pages = std::vector<std::string>;

std::size_t decodeOurs(Decoder &decoder, Pages &pages)
{
    static const ResourceType pods{"", "v1", "Pod", "pods", true};
    std::size_t count = 0;
    for (std::string &page : pages) {
        const auto list = decoder.listInPlace(pods, page);
        if (!list || !list->faults.empty())
            std::abort();
        count += list->objects.size();
    }
    return count;
}

/// The most important fields into the same kind of value.
Pod podOf(const nlohmann::json &item)
{
    Pod pod;
    const auto &meta = item.at("metadata");
    pod.meta.name = meta.at("name").get<std::string>();
    pod.meta.ns = meta.at("namespace").get<std::string>();
    std::vector<Labels::Entry> labels;
    for (const auto &[key, value] : meta.at("labels").items())
        labels.emplace_back(key, value.get<std::string>());
    pod.meta.labels = Labels(std::move(labels));
    pod.nodeName = item.at("spec").at("nodeName").get<std::string>();
    for (const auto &each : item.at("spec").at("containers")) {
        Container &container = pod.containers.emplace_back();
        container.name = each.at("name").get<std::string>();
        container.image = each.at("image").get<std::string>();
    }
    for (const auto &ip : item.at("status").at("podIPs"))
        pod.ips.push_back(ip.at("ip").get<std::string>());
    return pod;
}

std::size_t decodeDom(Pages &pages)
{
    std::size_t count = 0;
    for (const std::string &page : pages) {
        std::vector<std::shared_ptr<const Pod>> pods;
        const auto list = nlohmann::json::parse(page);
        for (const auto &item : list.at("items"))
            pods.push_back(std::make_shared<const Pod>(podOf(item)));
        count += pods.size();
    }
    return count;
}

/// Counts values under the key "uid" of metadata, as a stand-in for a handler that keeps track of where
/// it is.
struct NameCounter : nlohmann::json_sax<nlohmann::json>
{
    std::size_t items = 0;
    int depth = 0;
    bool isNext = false;

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t &) override { return true; }
    bool string(string_t &) override
    {
        items += isNext;
        isNext = false;
        return true;
    }
    bool binary(binary_t &) override { return true; }
    bool key(string_t &name) override
    {
        isNext = depth == 4 && name == "uid";
        return true;
    }
    bool start_object(std::size_t) override
    {
        ++depth;
        return true;
    }
    bool end_object() override
    {
        --depth;
        return true;
    }
    bool start_array(std::size_t) override
    {
        ++depth;
        return true;
    }
    bool end_array() override
    {
        --depth;
        return true;
    }
    bool parse_error(std::size_t, const std::string &, const nlohmann::json::exception &) override
    {
        return false;
    }
};

std::size_t decodeSax(Pages &pages)
{
    std::size_t count = 0;
    for (const std::string &page : pages) {
        NameCounter counter;
        if (!nlohmann::json::sax_parse(page, &counter))
            std::abort();
        count += counter.items;
    }
    return count;
}

/// Time on the processor: on a shared machine the wall clock measures the neighbours.
double processorSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

double secondsOf(const std::function<std::size_t()> &run, std::size_t expected)
{
    const double begin = processorSeconds();
    const std::size_t count = run();
    const double took = processorSeconds() - begin;
    if (count != expected)
        std::abort();
    return took;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char **argv)
{
    const std::size_t runs = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 7;
    const std::size_t pods = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 5'000;
    const bool alone = argc > 3 && std::string_view(argv[3]) == "alone";
    if (runs == 0 || pods == 0)
        return 2;
    Pages pages;
    std::size_t bytes = 0;
    for (std::size_t first = 0; first < pods; first += podsAPage) {
        pages.push_back(bench::podPage(std::min(podsAPage, pods - first), first));
        bytes += pages.back().size();
    }

    std::vector<double> ours, dom, sax;
    Decoder decoder;
    for (std::size_t run = 0; run < runs; ++run) {
        ours.push_back(secondsOf([&] { return decodeOurs(decoder, pages); }, pods));
        if (alone)
            continue;
        sax.push_back(secondsOf([&] { return decodeSax(pages); }, pods));
        dom.push_back(secondsOf([&] { return decodeDom(pages); }, pods));
    }
    const double best = median(ours);
    const auto print = [&](const char *parser, double seconds) {
        std::printf(R"({"bench":"decode","parser":"%s","pods":%zu,"bytes":%zu,"runs":%zu,"median_ms":%.1f,)"
                    R"("mb_per_s":%.0f,"times_ours":%.1f})"
                    "\n",
                    parser, pods, bytes, runs, seconds * 1e3, double(bytes) / seconds / 1e6, seconds / best);
    };
    print("portolan", best);
    if (alone)
        return 0;
    print("nlohmann-sax", median(sax));
    print("nlohmann-dom", median(dom));
    return 0;
}
