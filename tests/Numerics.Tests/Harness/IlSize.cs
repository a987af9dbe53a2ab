using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Unroll.Numerics.Tests.Harness;

/// <summary>What the JIT compiler looks at before it optimizes a method.</summary>
internal sealed record IlSize(int Bytes, int Instructions, int Blocks, int Locals, int LocalReferences)
{
    private static readonly Dictionary<short, OpCode> s_opCodes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static field => (OpCode)field.GetValue(null)!)
        .ToDictionary(static code => code.Value);

    public static IlSize Of(MethodInfo method)
    {
        MethodBody body = method.GetMethodBody()!;
        byte[] il = body.GetILAsByteArray()!;
        int instructions = 0, references = 0;
        var starts = new HashSet<int> { 0 };
        for (int at = 0; at < il.Length;)
        {
            OpCode code = s_opCodes[il[at] == 0xFE ? unchecked((short)(0xFE00 | il[at + 1])) : il[at]];
            int operand = at + code.Size;
            int next = operand + OperandSize(code, il, operand);
            instructions++;
            references += IsLocalReference(code) ? 1 : 0;
            if (code.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch)
            {
                starts.Add(next);
                starts.UnionWith(Targets(code, il, operand, next));
            }

            at = next;
        }

        return new IlSize(il.Length, instructions, starts.Count, body.LocalVariables.Count, references);
    }

    private static bool IsLocalReference(OpCode code) =>
        code.Name!.StartsWith("ldloc", StringComparison.Ordinal)
        || code.Name.StartsWith("stloc", StringComparison.Ordinal)
        || code.Name.StartsWith("ldarg", StringComparison.Ordinal)
        || code.Name.StartsWith("starg", StringComparison.Ordinal);

    private static int OperandSize(OpCode code, byte[] il, int operand) => code.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * Int32At(il, operand)),
        _ => 4,
    };

    private static IEnumerable<int> Targets(OpCode code, byte[] il, int operand, int next) => code.OperandType switch
    {
        OperandType.ShortInlineBrTarget => [next + (sbyte)il[operand]],
        OperandType.InlineSwitch => Enumerable.Range(1, Int32At(il, operand)).Select(i => next + Int32At(il, operand + (4 * i))),
        _ => [next + Int32At(il, operand)],
    };

    private static int Int32At(byte[] il, int at) => BinaryPrimitives.ReadInt32LittleEndian(il.AsSpan(at));
}
