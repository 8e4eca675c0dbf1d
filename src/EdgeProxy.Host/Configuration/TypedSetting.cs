using System.Text.Json.Nodes;

namespace EdgeProxy.Host.Configuration;

/// <summary>The definition of a typed setting. Its default is the one in the options.</summary>
/// <typeparam name="TOptions">The options that it sets a member of.</typeparam>
/// <typeparam name="TValue">The type of the member.</typeparam>
internal sealed class TypedSetting<TOptions, TValue> : SettingOf<TOptions>
    where TOptions : class, new()
{
    private readonly TypedForm<TValue> _form;
    private readonly Func<TOptions, TValue> _get;
    private readonly Func<TOptions, TValue, TOptions> _with;

    /// <param name="name">The name, with dots where it is part of another.</param>
    /// <param name="form">The accepted values.</param>
    /// <param name="get">Reads the member.</param>
    /// <param name="with">Returns a copy of the options with another value of the member.</param>
    public TypedSetting(string name, TypedForm<TValue> form, Func<TOptions, TValue> get, Func<TOptions, TValue, TOptions> with)
        : base(name, form)
    {
        _form = form;
        _get = get;
        _with = with;
    }

    /// <inheritdoc/>
    public override JsonNode? Default => _form.Write(_get(new TOptions()));

    /// <inheritdoc/>
    public override TOptions Apply(SettingNode root, TOptions options)
    {
        // An unset node is read too: that finds a parent that is not an object.
        var node = Names.Select(root.At).FirstOrDefault(static node => node.IsPresent) ?? root.At(Name);
        return _with(options, _form.Read(node, _get(options)));
    }
}
