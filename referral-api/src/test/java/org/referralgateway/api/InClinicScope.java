package org.referralgateway.api;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.referralgateway.api.access.RowScope.Work;

/** Runs tests that call the service's parts directly, with no request and so no caller, in the scope of the clinic's people. */
public final class InClinicScope implements InvocationInterceptor {

    @Override
    public void interceptTestMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        Work.CLINIC.call(test::proceed);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        Work.CLINIC.call(test::proceed);
    }
}
