/** Filters above a list, kept in the address: a word, a choice, a day. Each says what it narrows. */
import { Button, DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useId } from 'react';
import { useSearchParams } from 'react-router';
import { civil } from '../words/civil.ts';
import styles from './Filters.module.css';

export type Filter =
  | { readonly kind: 'text'; readonly name: string; readonly label: string; readonly placeholder?: string }
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly label: string;
      readonly options: readonly { readonly value: string; readonly label: string }[];
    }
  | { readonly kind: 'day'; readonly name: string; readonly label: string };

/** What is asked for, by name; only what was given. */
export function useFilters<Name extends string>(names: readonly Name[]): { readonly [name in Name]?: string } {
  const [params] = useSearchParams();
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = params.get(name);
      return value === null || value === '' ? [] : [[name, value]];
    }),
  ) as { readonly [name in Name]?: string };
}

export function Filters({ filters }: { readonly filters: readonly Filter[] }) {
  const [params, setParams] = useSearchParams();
  const id = useId();
  const set = (name: string, value: string) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const any = filters.some(({ name }) => params.has(name));
  return (
    <div className={`${styles['filters']} no-print`} role="search" aria-label="筛选">
      {filters.map((filter) => {
        const { name, label } = filter;
        const value = params.get(name) ?? '';
        return (
          <span key={name}>
            <label htmlFor={`${id}${name}`}>{label}</label>
            {filter.kind === 'text' && (
              <Input
                key={value}
                id={`${id}${name}`}
                size="small"
                allowClear
                defaultValue={value}
                placeholder={filter.placeholder ?? ''}
                onPressEnter={(event) => set(name, event.currentTarget.value.trim())}
                onBlur={(event) => set(name, event.currentTarget.value.trim())}
                onClear={() => set(name, '')}
              />
            )}
            {filter.kind === 'choice' && (
              <Select
                id={`${id}${name}`}
                size="small"
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                placeholder="全部"
                {...(value === '' ? {} : { value })}
                popupMatchSelectWidth={false}
                options={[...filter.options]}
                onChange={(chosen: string | undefined) => set(name, chosen ?? '')}
              />
            )}
            {filter.kind === 'day' && (
              <DatePicker
                id={`${id}${name}`}
                size="small"
                value={value === '' ? null : dayjs(value)}
                onChange={(picked) => set(name, civil(picked))}
              />
            )}
          </span>
        );
      })}
      {any && (
        <Button
          size="small"
          type="text"
          onClick={() =>
            setParams(
              (before) => {
                const next = new URLSearchParams(before);
                for (const { name } of filters) next.delete(name);
                return next;
              },
              { replace: true },
            )
          }
        >
          清除筛选
        </Button>
      )}
    </div>
  );
}
