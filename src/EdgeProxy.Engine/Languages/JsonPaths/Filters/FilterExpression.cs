namespace EdgeProxy.Engine.Languages.JsonPaths.Filters;

/// <summary>
/// An expression in a filter. The three types of RFC 9535, 2.4.1 are the three classes derived from this one, so that what
/// is not well-typed cannot be built: <see cref="ValueExpression"/>, <see cref="LogicalExpression"/> and
/// <see cref="NodesExpression"/>.
/// </summary>
internal abstract class FilterExpression;
