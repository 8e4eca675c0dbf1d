namespace EdgeProxy.Engine.Documents;

/// <summary>The location of a part in a document or a model. Becomes text only when there is a problem to report.</summary>
internal sealed class DocumentPath
{
    /// <summary>The path of the whole document.</summary>
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

    /// <summary>Returns the path of a member of the object.</summary>
    public DocumentPath Member(string name) => new(this, name, 0);

    /// <summary>Returns the path of an item of the array.</summary>
    public DocumentPath Item(int index) => new(this, name: null, index);

    /// <summary>Formats the path as JSONPath.</summary>
    public override string ToString() =>
        _parent is null ? "$" : _name is not null ? $"{_parent}.{_name}" : $"{_parent}[{_index}]";
}
