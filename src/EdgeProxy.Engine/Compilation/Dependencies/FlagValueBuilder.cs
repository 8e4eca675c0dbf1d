using System.Text;
using System.Text.Json;
using EdgeProxy.Engine.Compilation.Properties;
using EdgeProxy.Engine.Documents;
using EdgeProxy.Engine.Evaluation;
using EdgeProxy.Engine.Model;
using EdgeProxy.Engine.Rendering;

namespace EdgeProxy.Engine.Compilation.Dependencies;

/// <summary>Prepares the values that conditions read, for each flag of the features that they read.</summary>
internal sealed class FlagValueBuilder
{
    private readonly FlagPathTable _paths;
    private readonly List<FlagColumn>?[] _columns;
    private readonly List<int> _ordinals = []; // by flag; + 1, so that 0 is none
    private readonly Dictionary<ScalarValue, SlotValue> _values = [];
    private readonly EvaluationFrame _reader = new();

    /// <param name="paths">The flag paths of all conditions.</param>
    /// <param name="features">The number of features.</param>
    public FlagValueBuilder(FlagPathTable paths, int features)
    {
        _paths = paths;
        _columns = new List<FlagColumn>?[features];
        for (var path = 0; path < paths.Count; path++)
        {
            foreach (var place in paths.Places(path))
            {
                if (FindColumn(place, paths.Fields(path)) is null)
                {
                    (_columns[place] ??= []).Add(new FlagColumn(paths.Fields(path)));
                }
            }
        }
    }

    /// <summary>Adds a flag that was rendered from a state of the model.</summary>
    public void Add(int place, int flag, FeatureState state, FlagSource source) =>
        Add(place, flag, new FlagFacts(state.Name, state.Enabled, source.Variant?.Value ?? state.Value, state.FeatureId, state.Metadata, source));

    /// <summary>Adds a flag that was rendered from the override of an identity.</summary>
    public void Add(int place, int flag, in OverrideState state)
    {
        if (_columns[place] is { } columns)
        {
            var name = Encoding.UTF8.GetString(state.FeatureName);
            var metadata = columns.Exists(static column => column.Fields.Metadata.NeedsObject) ? MetadataOf(in state) : null;
            Add(place, flag, new FlagFacts(name, state.Enabled, state.ToScalar(), state.FeatureId, metadata, FlagSource.Identity));
        }
    }

    /// <summary>Creates the table of values.</summary>
    public FlagValueTable Finish(int flags)
    {
        var ordinals = new int[flags];
        for (var flag = 0; flag < _ordinals.Count; flag++)
        {
            ordinals[flag] = _ordinals[flag] - 1;
        }

        return new FlagValueTable(ordinals, _reader.Text.ToArray());
    }

    /// <summary>Creates the plan of each path, with the values of its features.</summary>
    /// <param name="cyclicFeatures">By place: the number among the features that may reach a cycle, or -1.</param>
    public FlagPathPlan[] FinishPaths(int[] cyclicFeatures)
    {
        var arrays = new Dictionary<FlagColumn, SlotValue[]>();
        var plans = new FlagPathPlan[_paths.Count];
        for (var path = 0; path < plans.Length; path++)
        {
            var fields = _paths.Fields(path);
            plans[path] = new FlagPathPlan(
                Array.ConvertAll(_paths.Places(path), place => new FlagPathCandidate(place, cyclicFeatures[place], ValuesOf(FindColumn(place, fields)!))),
                fields.Fields.FirstOrDefault(static field => field != FlagField.Metadata) == FlagField.Variant);
        }

        return plans;

        SlotValue[] ValuesOf(FlagColumn column)
        {
            if (!arrays.TryGetValue(column, out var values))
            {
                arrays.Add(column, values = [.. column.Values]);
            }

            return values;
        }
    }

    private FlagColumn? FindColumn(int place, FlagFields fields) =>
        _columns[place]?.Find(column => column.Fields.Content == fields.Content);

    private static JsonElement? MetadataOf(in OverrideState state)
    {
        if (state.Metadata.IsEmpty)
        {
            return null;
        }

        var reader = new Utf8JsonReader(state.Metadata, new JsonReaderOptions { MaxDepth = EnvironmentDocumentReader.MaxDepth });
        return JsonElement.ParseValue(ref reader);
    }

    private void Add(int place, int flag, FlagFacts facts)
    {
        if (_columns[place] is not { } columns)
        {
            return;
        }

        while (_ordinals.Count <= flag)
        {
            _ordinals.Add(0);
        }

        if (_ordinals[flag] != 0)
        {
            return; // several identities have the same override
        }

        _ordinals[flag] = columns[0].Values.Count + 1;
        foreach (var column in columns)
        {
            column.Values.Add(Read(column.Fields, in facts));
        }
    }

    private SlotValue Read(FlagFields fields, in FlagFacts facts)
    {
        var source = facts.Source;
        foreach (var field in fields.Fields)
        {
            var metadata = ScalarValue.Null;
            if (field == FlagField.Metadata && !fields.Metadata.TryRead(facts.FeatureId, facts.Metadata, out metadata))
            {
                continue;
            }

            return Read(field switch
            {
                FlagField.Enabled => facts.Enabled,
                FlagField.Value => facts.Value,
                FlagField.Variant => source.VariantKey,
                FlagField.Reason => source.Reason,
                FlagField.Name => facts.Name,
                FlagField.Metadata => metadata,
                _ => ScalarValue.Null,
            });
        }

        return FlagValueTable.Nowhere;
    }

    private SlotValue Read(ScalarValue value)
    {
        if (!_values.TryGetValue(value, out var read))
        {
            _values.Add(value, read = _reader.Read(value));
        }

        return read;
    }
}
