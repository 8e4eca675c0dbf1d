using System.Text;
using EdgeProxy.Engine.Languages.JsonPaths.Queries;
using EdgeProxy.Engine.Values;

namespace EdgeProxy.Engine.Compilation.Properties;

/// <summary>Numbers the flag paths of an environment's conditions. Equivalent spellings of a path share a number.</summary>
internal sealed class FlagPathTable
{
    /// <summary>The number of a property that reads no feature of the environment.</summary>
    public const int NoPath = -1;

    private readonly Utf8Index _featureNames;
    private readonly StepBudget _budget;
    private readonly Dictionary<string, int> _byProperty = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byContent = new(StringComparer.Ordinal);
    private readonly List<int[]> _places = [];
    private readonly List<FlagFields> _fields = [];

    /// <param name="featureNames">The environment's features.</param>
    /// <param name="budget">Pays for queries.</param>
    public FlagPathTable(Utf8Index featureNames, StepBudget budget)
    {
        _budget = budget;
        _featureNames = featureNames;
    }

    /// <summary>The number of paths.</summary>
    public int Count => _places.Count;

    /// <summary>The features that a path reads, in the order in which they are tried.</summary>
    public int[] Places(int path) => _places[path];

    /// <summary>The fields that a path reads.</summary>
    public FlagFields Fields(int path) => _fields[path];

    /// <summary>The number of a property's path, or <see cref="NoPath"/>.</summary>
    public int Find(string property)
    {
        if (!property.StartsWith(FlagPath.Prefix, StringComparison.Ordinal))
        {
            return NoPath;
        }

        if (!_byProperty.TryGetValue(property, out var path))
        {
            path = JsonPathQuery.TryParse(property, out var query, out _, _budget) && FlagPath.From(query) is { } read ? Add(read) : NoPath;
            _byProperty.Add(property, path);
        }

        return path;
    }

    private int Add(FlagPath path)
    {
        // A name that is no feature of the environment has no value, and reading it has no effect.
        int[] places = [.. path.Features.Select(name => _featureNames.Find(Encoding.UTF8.GetBytes(name))).Where(static place => place >= 0)];
        if (places.Length == 0)
        {
            return NoPath;
        }

        var content = $"{string.Join(',', places)}:{path.Fields.Content}";
        if (!_byContent.TryGetValue(content, out var number))
        {
            number = _places.Count;
            _byContent.Add(content, number);
            _places.Add(places);
            _fields.Add(path.Fields);
        }

        return number;
    }
}
