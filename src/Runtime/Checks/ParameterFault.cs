using System.Globalization;
using Unroll.Serialization;

namespace Unroll.Checks;

/// <summary>A value of a parameter that is not finite, so that no step can be computed from it.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Value">The value.</param>
/// <param name="Place">Where in the parameter it stands.</param>
internal sealed record ParameterFault(string Parameter, string Value, string Place)
{
    /// <summary>The first value that is not finite, trained or not; null where all are finite.</summary>
    public static ParameterFault? Find(ParameterCollection parameters)
    {
        foreach (Parameter parameter in parameters)
        {
            float[] values = parameter.ToArray();
            int index = Array.FindIndex(values, static value => !float.IsFinite(value));
            if (index >= 0)
            {
                return new ParameterFault(
                    parameter.Name, values[index].ToString(CultureInfo.InvariantCulture), TensorShape.DescribeIndex(parameter.Shape, index));
            }
        }

        return null;
    }
}
