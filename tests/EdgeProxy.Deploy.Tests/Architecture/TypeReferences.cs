using System.Reflection;
using System.Reflection.Emit;

namespace EdgeProxy.Deploy.Tests.Architecture;

/// <summary>The types that a compiled type uses: in its declaration, in its members' signatures, and in the code of its methods.</summary>
internal static class TypeReferences
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private const byte TwoByteOpcode = 0xFE;

    private static readonly Dictionary<short, OpCode> Opcodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(null)!).ToDictionary(static opcode => opcode.Value);

    /// <summary>All of them, as they stand: arrays, generic instances and nested types are not taken apart.</summary>
    public static IEnumerable<Type> Of(Type type)
    {
        IEnumerable<Type?> types =
        [
            type.BaseType,
            .. type.GetInterfaces(),
            .. type.GetGenericArguments().SelectMany(static argument => argument.IsGenericParameter ? argument.GetGenericParameterConstraints() : []),
            .. type.GetCustomAttributesData().SelectMany(OfAttribute),
            .. type.GetFields(Everything).Select(static field => field.FieldType),
            .. type.GetMethods(Everything).SelectMany(OfMethod),
            .. type.GetConstructors(Everything).SelectMany(OfMethod),
        ];
        return types.OfType<Type>();
    }

    private static IEnumerable<Type?> OfAttribute(CustomAttributeData attribute) =>
        attribute.ConstructorArguments.Select(static argument => argument.Value as Type).Append(attribute.AttributeType);

    private static IEnumerable<Type?> OfMethod(MethodBase method)
    {
        var code = method.GetMethodBody();
        return
        [
            (method as MethodInfo)?.ReturnType,
            .. method.GetParameters().Select(static parameter => parameter.ParameterType),
            .. code?.LocalVariables.Select(static local => local.LocalType) ?? [],
            .. code?.ExceptionHandlingClauses.Where(static clause => clause.Flags == ExceptionHandlingClauseOptions.Clause).Select(static clause => clause.CatchType) ?? [],
            .. code?.GetILAsByteArray() is { } instructions ? OfInstructions(method, instructions) : [],
        ];
    }

    private static IEnumerable<Type?> OfInstructions(MethodBase method, byte[] code)
    {
        var typeArguments = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == TwoByteOpcode ? unchecked((short)((code[at] << 8) | code[at + 1])) : code[at];
            var opcode = Opcodes[value];
            at += opcode.Size;
            if (opcode.OperandType is OperandType.InlineType or OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok)
            {
                var member = method.Module.ResolveMember(BitConverter.ToInt32(code, at), typeArguments, methodArguments);
                yield return member as Type ?? member?.DeclaringType;
                foreach (var argument in member is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericArguments() : [])
                {
                    yield return argument;
                }
            }

            at += SizeOf(opcode.OperandType, code, at);
        }
    }

    private static int SizeOf(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
