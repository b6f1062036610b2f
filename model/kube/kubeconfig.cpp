#include "model/kube/kubeconfig.h"

namespace portolan::kube {

namespace {

std::string fieldName(const std::filesystem::path &file, const char *kind, const std::string &name,
                      std::string_view field)
{
    std::string text = file.empty() ? std::string() : file.string() + ": ";
    return withoutControlCharacters(text + kind + " '" + name + "' " + std::string(field));
}

} // namespace

std::string fieldOf(const ClusterEntry &cluster, std::string_view field)
{
    return fieldName(cluster.origin, "cluster", cluster.name, field);
}

std::string fieldOf(const UserEntry &user, std::string_view field)
{
    return fieldName(user.origin, "user", user.name, field);
}

} // namespace portolan::kube
