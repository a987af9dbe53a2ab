using System.Reflection;
using System.Reflection.Emit;

namespace Unroll.Benchmarks;

/// <summary>One kernel of generated code, called alone, on operands of its own.</summary>
/// <remarks>
/// Generated kernels are private. What calls one is made at run time from its parameters, by their names: a <c>ref float</c> is an
/// operand, an integer a number of samples or a row of the result.
/// </remarks>
internal sealed class LayerKernel
{
    private readonly Body _body;
    private readonly float[][] _arrays;
    private readonly int[] _origins;
    private readonly int[] _firstOrigins;
    private readonly bool[] _isPerSample;
    private readonly KernelShape _shape;
    private readonly KernelCall[] _calls;

    public LayerKernel(KernelShape shape, KernelKind kind)
    {
        _shape = shape;
        Kind = kind;
        MethodInfo method = shape.Method(kind);
        ParameterInfo[] operands = [.. method.GetParameters().Where(static parameter => parameter.ParameterType.IsByRef)];
        AlignedFloats[] memory = [.. operands.Select(operand => new AlignedFloats(shape.OperandFloats, ValueOf(operand.Name!)))];
        _arrays = [.. memory.Select(static floats => floats.Values)];
        _origins = [.. memory.Select(static floats => floats.Origin)];
        _firstOrigins = [.. _origins];
        _isPerSample = [.. operands.Select(static operand => operand.Name is "x" or "y" or "dy" or "saved")];
        Result = memory[Array.FindIndex(operands, static operand => operand.Name is "y" or "dw")];
        _calls = [.. shape.CallsOf(kind)];
        _body = Bind(method, operands);
    }

    private delegate void Body(float[][] arrays, int[] origins, nuint samples, nuint first, nuint last, nuint part);

    public KernelKind Kind { get; }

    /// <summary>Where the kernel writes.</summary>
    private AlignedFloats Result { get; }

    /// <summary>Runs it for the whole batch.</summary>
    public void Run()
    {
        foreach (KernelCall call in _calls)
        {
            for (int i = 0; i < _origins.Length; i++)
            {
                _origins[i] = _firstOrigins[i] + (_isPerSample[i] ? call.Block * _shape.BlockFloats : 0);
            }

            _body(_arrays, _origins, (nuint)call.Samples, (nuint)call.First, (nuint)call.Last, (nuint)call.Part);
        }

        _firstOrigins.CopyTo(_origins, 0);
    }

    /// <summary>Runs it once and looks at what it has computed; every operand holding one value throughout, every result does.</summary>
    /// <exception cref="InvalidOperationException">The numbers are wrong: the kernel was called in a wrong way.</exception>
    public void Check()
    {
        Run();
        float expected = 0.01f * _shape.DepthOf(Kind);
        foreach (int index in _shape.ResultIndices(Kind))
        {
            if (MathF.Abs(Result[index] - expected) > 1e-3f * expected)
            {
                throw new InvalidOperationException(
                    $"{_shape.NameOf(Kind)}: element {index} of the result should be {expected}, but is {Result[index]}.");
            }
        }
    }

    private static float ValueOf(string operand) => operand switch
    {
        "x" or "saved" => 1f,
        "kernel" or "dy" => 0.01f,
        "bias" or "y" or "dw" => 0f,
        _ => throw new InvalidOperationException($"There is a kernel with an operand '{operand}', which this program does not know."),
    };

    private static Body Bind(MethodInfo method, ParameterInfo[] operands)
    {
        Type[] signature = [typeof(float[][]), typeof(int[]), typeof(nuint), typeof(nuint), typeof(nuint), typeof(nuint)];
        var call = new DynamicMethod(method.Name, typeof(void), signature, typeof(LayerKernel).Module, skipVisibility: true);
        ILGenerator code = call.GetILGenerator();
        foreach (ParameterInfo parameter in method.GetParameters())
        {
            int operand = Array.IndexOf(operands, parameter);
            if (operand >= 0)
            {
                code.Emit(OpCodes.Ldarg_0);
                code.Emit(OpCodes.Ldc_I4, operand);
                code.Emit(OpCodes.Ldelem_Ref);
                code.Emit(OpCodes.Ldarg_1);
                code.Emit(OpCodes.Ldc_I4, operand);
                code.Emit(OpCodes.Ldelem_I4);
                code.Emit(OpCodes.Ldelema, typeof(float));
                continue;
            }

            // The first samples of a batch: its sum goes on from none.
            if (parameter.Name == "goesOn")
            {
                code.Emit(OpCodes.Ldc_I4_0);
                continue;
            }

            code.Emit(OpCodes.Ldarg, parameter.Name switch
            {
                "vectors" or "samples" => (short)2,
                "first" or "top" => (short)3,
                "last" or "bottom" => (short)4,
                "part" => (short)5,
                _ => throw new InvalidOperationException(
                    $"{method.Name} has a parameter '{parameter.Name}', which this program does not know."),
            });
        }

        code.Emit(OpCodes.Call, method);
        code.Emit(OpCodes.Ret);
        return call.CreateDelegate<Body>();
    }
}
