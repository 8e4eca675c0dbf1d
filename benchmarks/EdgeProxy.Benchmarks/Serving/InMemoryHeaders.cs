using System.Collections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace EdgeProxy.Benchmarks.Serving;

/// <summary>Headers that keep their length as a number, as the server's own do: to format it would allocate.</summary>
internal sealed class InMemoryHeaders : IHeaderDictionary
{
    private readonly Dictionary<string, StringValues> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public long? ContentLength { get; set; }

    /// <inheritdoc/>
    public ICollection<string> Keys => _values.Keys;

    /// <inheritdoc/>
    public ICollection<StringValues> Values => _values.Values;

    /// <inheritdoc/>
    public int Count => _values.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => false;

    /// <inheritdoc/>
    public StringValues this[string key]
    {
        get => _values.GetValueOrDefault(key);
        set => _values[key] = value;
    }

    /// <inheritdoc/>
    StringValues IDictionary<string, StringValues>.this[string key]
    {
        get => _values[key];
        set => _values[key] = value;
    }

    /// <inheritdoc/>
    public void Clear()
    {
        ContentLength = null;
        _values.Clear();
    }

    /// <inheritdoc/>
    public void Add(string key, StringValues value) => _values.Add(key, value);

    /// <inheritdoc/>
    public void Add(KeyValuePair<string, StringValues> item) => _values.Add(item.Key, item.Value);

    /// <inheritdoc/>
    public bool Contains(KeyValuePair<string, StringValues> item) => _values.Contains(item);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => _values.ContainsKey(key);

    /// <inheritdoc/>
    public void CopyTo(KeyValuePair<string, StringValues>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, StringValues>>)_values).CopyTo(array, arrayIndex);

    /// <inheritdoc/>
    public bool Remove(string key) => _values.Remove(key);

    /// <inheritdoc/>
    public bool Remove(KeyValuePair<string, StringValues> item) => _values.Remove(item.Key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, out StringValues value) => _values.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, StringValues>> GetEnumerator() => _values.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
