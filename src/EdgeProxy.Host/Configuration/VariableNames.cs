using System.Text.RegularExpressions;

namespace EdgeProxy.Host.Configuration;

/// <summary>The environment variables of settings, and variables that look similar.</summary>
internal sealed partial class VariableNames
{
    private const int MatchTimeout = 1000;

    // Shorter names are too near to those of other programs: APP_URL to API_URL.
    private const int MinLengthOfTypo = 9;

    private readonly SettingCatalog _catalog;
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _ports = new(StringComparer.OrdinalIgnoreCase);
    private readonly IReadOnlyList<string> _prefixes;

    /// <param name="catalog">The definitions.</param>
    public VariableNames(SettingCatalog catalog)
    {
        _catalog = catalog;
        foreach (var name in catalog.Names.Concat(catalog.TopLevelNames))
        {
            _names[Of(name)] = name;
        }

        foreach (var setting in catalog.All.Where(static setting => (setting.Form as IOptionalForm)?.Inner is PortForm || setting.Form is PortForm))
        {
            _ports.UnionWith(setting.Names.Select(Of));
        }

        _prefixes = [.. catalog.TopLevelNames.Select(PrefixOf).OfType<string>().Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The variable of a setting.</summary>
    public static string Of(string name) => name.Replace('.', '_').ToUpperInvariant();

    /// <summary>Determines whether a variable belongs to a setting.</summary>
    public bool IsKnown(string variable) => _names.ContainsKey(variable);

    /// <summary>
    /// Determines whether a variable is one that Kubernetes sets for a Service: <c>METRICS_PORT=tcp://10.0.0.1:80</c> for one named
    /// <c>metrics</c>, and others beside it.
    /// </summary>
    public bool IsServiceLink(string variable, string value) =>
        (_ports.Contains(variable) && ServiceAddress().IsMatch(value))
        || (!IsKnown(variable) && ((variable.EndsWith("_PORT", StringComparison.Ordinal) && ServiceAddress().IsMatch(value)) || ServiceVariable().IsMatch(variable)));

    /// <summary>
    /// Lists the unknown variables that have the prefix of settings, or differ from the name of one by a typing error, each
    /// with the nearest name.
    /// </summary>
    public string DescribeUnknown(IEnumerable<string> variables) => string.Join(", ", variables
        .Where(variable => !IsKnown(variable) && (_prefixes.Any(prefix => variable.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) || IsTypo(variable)))
        .Order(StringComparer.Ordinal)
        .Select(Describe));

    /// <summary>
    /// The prefix of the variables of a setting's family: <c>SERVER_</c>, <c>API_POLL_</c>. A name of two words has none:
    /// <c>API_</c> is the prefix of many variables of other programs.
    /// </summary>
    private string? PrefixOf(string name)
    {
        var words = name.Split('_');
        return _catalog.IsStructured(name) ? $"{Of(name)}_"
            : words.Length > 2 ? $"{Of($"{words[0]}_{words[1]}")}_"
            : null;
    }

    private bool IsTypo(string variable) =>
        variable.Length >= MinLengthOfTypo && _catalog.TopLevelNames.Any(name => NearestName.IsTypo(variable.ToUpperInvariant(), Of(name)));

    private string Describe(string variable)
    {
        var nearest = NearestName.Of(variable.ToUpperInvariant(), [.. _names.Keys]);
        return nearest is null ? variable : $"{variable} (did you mean {nearest}?)";
    }

    [GeneratedRegex("^(tcp|udp|sctp)://", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex ServiceAddress();

    [GeneratedRegex("_(SERVICE_(HOST|PORT(_.+)?)|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchTimeout)]
    private static partial Regex ServiceVariable();
}
