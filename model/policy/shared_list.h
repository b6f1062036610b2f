#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

namespace portolan::policy {

/// A list that shares its elements with its copies: copying it copies pointers. Read like a vector of T;
/// elements are written only before the list is copied.
template<class T>
class SharedList
{
public:
    class Iterator
    {
    public:
        using iterator_category = std::random_access_iterator_tag;
        using value_type = T;
        using difference_type = std::ptrdiff_t;
        using pointer = const T *;
        using reference = const T &;

        Iterator() = default;
        explicit Iterator(const std::shared_ptr<T> *at) : m_at(at) {}
        reference operator*() const { return **m_at; }
        pointer operator->() const { return m_at->get(); }
        reference operator[](difference_type n) const { return *m_at[n]; }
        Iterator &operator++() { return *this += 1; }
        Iterator &operator--() { return *this -= 1; }
        Iterator operator++(int) { return Iterator(m_at++); }
        Iterator operator--(int) { return Iterator(m_at--); }
        Iterator &operator+=(difference_type n)
        {
            m_at += n;
            return *this;
        }
        Iterator &operator-=(difference_type n) { return *this += -n; }
        friend Iterator operator+(Iterator a, difference_type n) { return a += n; }
        friend Iterator operator+(difference_type n, Iterator a) { return a += n; }
        friend Iterator operator-(Iterator a, difference_type n) { return a -= n; }
        friend difference_type operator-(Iterator a, Iterator b) { return a.m_at - b.m_at; }
        friend auto operator<=>(const Iterator &, const Iterator &) = default;

    private:
        const std::shared_ptr<T> *m_at = nullptr;
    };

    std::size_t size() const { return m_elements.size(); }
    bool empty() const { return m_elements.empty(); }
    const T &operator[](std::size_t i) const { return *m_elements[i]; }
    const T &front() const { return *m_elements.front(); }
    const T &back() const { return *m_elements.back(); }
    Iterator begin() const { return Iterator(m_elements.data()); }
    Iterator end() const { return Iterator(m_elements.data() + m_elements.size()); }

    void reserve(std::size_t count) { m_elements.reserve(count); }
    T &emplace_back(T element) { return *m_elements.emplace_back(std::make_shared<T>(std::move(element))); }
    /// The element of another list, shared with it.
    void share(const SharedList &other, std::size_t i) { m_elements.push_back(other.m_elements[i]); }
    void replace(std::size_t i, T element) { m_elements[i] = std::make_shared<T>(std::move(element)); }
    /// Precondition: no other list shares the element.
    T &edit(std::size_t i) { return *m_elements[i]; }

    /// As std::stable_sort; `less` takes elements.
    template<class Less>
    void sort(Less less)
    {
        std::stable_sort(m_elements.begin(), m_elements.end(),
                         [&](const auto &a, const auto &b) { return less(*a, *b); });
    }

private:
    std::vector<std::shared_ptr<T>> m_elements;
};

} // namespace portolan::policy
