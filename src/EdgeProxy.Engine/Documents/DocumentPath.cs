namespace EdgeProxy.Engine.Documents;

/// <summary>The location of a part in a document or a model. Becomes text only when there is a problem to report.</summary>
internal sealed class DocumentPath
{
    /// <summary>The whole.</summary>
    public static readonly DocumentPath Root = new(parent: null, name: null, index: 0);

    private readonly DocumentPath? _parent;
    private readonly string? _name;
    private readonly int _index;

    private DocumentPath(DocumentPath? parent, string? name, int index)
    {
        _parent = parent;
        _name = name;
        _index = index;
    }

    /// <summary>A member of the object here.</summary>
    public DocumentPath Member(string name) => new(this, name, 0);

    /// <summary>An item of the array here.</summary>
    public DocumentPath Item(int index) => new(this, name: null, index);

    /// <summary>The path as JSONPath.</summary>
    public override string ToString() =>
        _parent is null ? "$" : _name is not null ? $"{_parent}.{_name}" : $"{_parent}[{_index}]";
}
